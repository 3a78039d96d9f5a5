r"""Untrusted text as TeX that is safe to put between braces in somebody's document.

All that comes out was escaped here, or is a formula that has balanced braces and no command but
those of a list: no `\input`, no `\write`, no comment that swallows the closing brace.
Leaves out: the BibTeX around it (`bibtex.py`).
"""

from __future__ import annotations

import re

from bookwheel.content.math import FORMATTING, formula_text
from bookwheel.content.pieces import Piece
from bookwheel.content.symbols import SYMBOLS
from bookwheel.content.texread import read

# BibTeX counts braces whether they are escaped or not, so braces get names.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\N{NO-BREAK SPACE}": "~",
        **{char: f"\\{char}" for char in "$&#_%"},
    }
)
_STYLES = {
    "em": "emph",
    "strong": "textbf",
    "code": "texttt",
    "sub": "textsubscript",
    "sup": "textsuperscript",
}
_FUNCTIONS = """
    Pr arccos arcsin arctan arg argmax argmin check cos cosh cot ddot deg det dim exp gcd hom inf
    ker lg lim liminf limsup ln log max min mod overbrace pmod sec sin sinh sup tan tanh underbrace
    langle rangle lVert rVert lvert rvert Vert vert binom
"""
_KNOWN = FORMATTING.union(SYMBOLS, _FUNCTIONS.split()) - {"TeX", "LaTeX"}
_COMMAND = re.compile(r"\\([A-Za-z]+|.|$)", re.DOTALL)
_HARMLESS = frozenset("{},;:!|% ")  # characters that may follow a backslash in a formula
_WORD = re.compile(r"\w+")


def to_tex(text: str, *, keep_capitals: bool = False) -> str:
    """Make TeX of a title or a name; its braces are balanced, and it is one line.

    With `keep_capitals`, words such as ImageNet are put in braces, for BibTeX lowers capitals.
    """
    made = "".join(_piece(piece, keep_capitals=keep_capitals) for piece in read(text))
    return re.sub(r"[ \t\n]+", " ", made).strip()


def _piece(piece: Piece, *, keep_capitals: bool) -> str:
    if piece.math:
        tex = " ".join(piece.text.split())
        return f"${tex}$" if _is_harmless(tex) else _escaped(formula_text(tex))
    made = _capitals(piece.text) if keep_capitals else _escaped(piece.text)
    for style in reversed(piece.styles):
        made = rf"\{_STYLES[style]}{{{made}}}" if style in _STYLES else made
    return made


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _capitals(text: str) -> str:
    """Escape a text and put words with capitals inside them in braces."""
    made: list[str] = []
    done = 0
    for match in _WORD.finditer(text):
        word = _escaped(match[0])
        made += _escaped(text[done : match.start()]), f"{{{word}}}" if _is_name(match[0]) else word
        done = match.end()
    return "".join((*made, _escaped(text[done:])))


def _is_name(word: str) -> bool:
    return word[1:] != word[1:].lower() or (len(word) == 1 and word.isupper() and word != "A")


def _is_harmless(tex: str) -> bool:
    """Whether a formula can neither leave its braces nor do anything but look like one."""
    commands = _COMMAND.findall(tex)
    if not all(command in _KNOWN or command in _HARMLESS for command in commands if command):
        return False
    bare = _COMMAND.sub("", tex)
    if any(char in bare for char in "$%#&\\") or "^^" in tex or tex.endswith("\\"):
        return False
    return _is_balanced(tex) and _is_balanced(bare)


def _is_balanced(tex: str) -> bool:
    depth = 0
    for brace in re.findall(r"[{}]", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
