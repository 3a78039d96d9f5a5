r"""Walks the tokens of a paper: text into lines, commands and environments to their handlers.

Leaves out: the handlers, which `tex.py` enters into `COMMANDS` and `ENVIRONMENTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bookwheel.content.fulltext.inline import Line, Text
from bookwheel.content.fulltext.tex_macros import END
from bookwheel.content.fulltext.tex_primitives import DEFINING
from bookwheel.content.fulltext.tex_state import State
from bookwheel.content.fulltext.tex_tokens import PAR, VERBATIM, Tokens, verbatim
from bookwheel.content.symbols import SYMBOLS
from bookwheel.core.document import Mark
from bookwheel.errors import UnreadableError

DEEPEST = 120  # arguments inside arguments
COMMANDS: dict[str, Callable[[State, str], None]] = {}
ENVIRONMENTS: dict[str, Callable[[State, str], None]] = {}

_END_OF_LINE = "\ue000"
_LIGATURES = re.compile(r"---|--|``|''|`|'|\?`|!`")
_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "'": "’", "?`": "¿", "!`": "¡"}
_ESCAPED = {
    **{f"\\{char}": char for char in "%&#_{}$"},
    **dict.fromkeys(("\\ ", "\\\n", "\\,", "\\;", "\\:", "\\>", "\\quad", "\\qquad", "\\enspace",
                     "\\thinspace", "\\space", "\\hfill", "\\hfil", "\\\\",
                     "\\newline", "\\linebreak", "\\tabularnewline"), " "),
    "\\ldots": "…", "\\dots": "…", "\\textellipsis": "…", "\\LaTeX": "LaTeX", "\\TeX": "TeX",
    "\\textbackslash": "\\", "\\textasciitilde": "~", "\\textasciicircum": "^", "\\S": "§",
    "\\P": "¶", "\\copyright": "©", "\\textregistered": "®", "\\texttrademark": "™",
    "\\pounds": "£", "\\euro": "€", "\\textbar": "|", "\\textless": "<", "\\textgreater": ">",
    "\\textemdash": "—", "\\textendash": "–", "\\dag": "†", "\\ddag": "‡", "\\slash": "/",
    "\\textquotesingle": "'", "\\textquotedblleft": "“", "\\textquotedblright": "”",
    "\\lq": "‘", "\\rq": "’", "\\textdegree": "°", "\\textperiodcentered": "·",
    "\\textunderscore": "_", "\\eg": "e.g.", "\\ie": "i.e.",
}  # fmt: skip
_BREAKS = {PAR, "\\bigskip", "\\medskip", "\\smallskip", "\\newpage", "\\clearpage", "\\pagebreak"}
_DECLARED = {
    **dict.fromkeys(("\\bf", "\\bfseries"), Mark.STRONG),
    **dict.fromkeys(("\\it", "\\em", "\\itshape", "\\sl", "\\slshape"), Mark.EMPHASIS),
    **dict.fromkeys(("\\tt", "\\ttfamily"), Mark.CODE),
}


def walk(state: State) -> None:
    """Read up to the end of what was pushed, or of everything."""
    state.depth += 1
    if state.depth > DEEPEST:
        raise UnreadableError("This paper's TeX is nested too deeply to be read.")
    groups: list[tuple[int, int, int, Mark] | None] = []
    while (token := state.mouth.next()) is not None and token != END:
        if token == "{":
            groups.append(None)
        elif token == "}":
            _close(state, groups.pop() if groups else None)
        elif token in _DECLARED:
            line = state.line
            if groups:
                groups[-1] = (line.length, len(line.spans), line.taken, _DECLARED[token])
        else:
            one(state, token)
    for group in groups:
        _close(state, group)
    state.depth -= 1


def _close(state: State, group: tuple[int, int, int, Mark] | None) -> None:
    if group:
        start, place, taken, mark = group
        if state.line.taken == taken:
            state.line.wrap(start, place, mark)


def one(state: State, token: str) -> None:
    """Do what one token says."""
    if token[0] == "\\":
        _command(state, token)
    elif token[0] == VERBATIM:
        kind, text = verbatim(token)
        ENVIRONMENTS[f"{VERBATIM}{_KINDS.get(kind.rstrip('*'), 'code')}"](state, text)
    elif token == "$":
        ENVIRONMENTS["$"](state, token)
    elif token == "~" or token == "&":
        state.line.write(" ")
    elif token[0] != "#" and state.begun:
        state.line.write(_LIGATURES.sub(lambda match: _SIGNS[match[0]], token))


_KINDS = {"verb": "verb", "url": "url", "path": "url", "nolinkurl": "url", "href": "href",
          "comment": "comment", "filecontents": "comment", "CCSXML": "comment"}  # fmt: skip


def _command(state: State, token: str) -> None:
    if token in _BREAKS:
        state.flush()
    elif token in COMMANDS:
        COMMANDS[token](state, token)
    elif token == "\\\\":
        state.mouth.star()
        if not state.captured or state.mouth.peek() == "[":
            state.mouth.optional()
        state.line.write(" ")
    elif token in _ESCAPED:
        state.line.write(_ESCAPED[token])
    elif token == "\\xspace":
        _space_before_words(state)
    elif token in ("\\begin", "\\end", "\\(", "\\["):
        ENVIRONMENTS[token](state, token)
    elif token[1:] in SYMBOLS and state.begun:
        state.line.write(SYMBOLS[token[1:]])


def _space_before_words(state: State) -> None:
    """`\\xspace`: a space unless punctuation follows."""
    token = state.mouth.raw()
    if token is not None:
        state.mouth.push([token])
        if token[0].isalnum() or token[0] in "$([\\":
            state.line.write(" ")


def here(state: State, parts: Tokens) -> None:
    """Read tokens into the line that is open."""
    state.mouth.push([*parts, END])
    walk(state)


def text_of(state: State, parts: Tokens) -> Text:
    """The text of tokens, apart from the line that is open."""
    kept, state.line = state.line, Line()
    begun, state.begun = state.begun, True
    state.captured += 1
    here(state, parts)
    state.captured -= 1
    text, state.line, state.begun = state.line.take(), kept, begun
    return text


def lines_of(state: State, parts: Tokens) -> list[str]:
    """The texts between line ends and `\\and`s."""
    ends = ("\\\\", "\\and", "\\And", "\\AND", "\\newline", PAR)
    marked = [_END_OF_LINE if token in ends else token for token in state.mouth.expanded(parts)]
    return [" ".join(line.split()) for line in text_of(state, marked).text.split(_END_OF_LINE)]


def labels_here(state: State) -> None:
    """`\\label`s right behind a heading name its section."""
    while state.mouth.peek() == "\\label":
        state.mouth.raw()
        key = state.mouth.name()
        state.known.numbers[key], state.known.kinds[key] = state.current
        state.builder.here([key])


def label_of_section(state: State, key: str) -> None:
    """A label that no block takes would be lost: it also names its section."""
    if state.current[1] in ("Section", "Appendix"):
        state.builder.here([key])
        state.keys.remove(key)


def number_float(state: State) -> None:
    """Count the float that is open, once, when its caption comes."""
    kind = state.float_kind
    name = {"figure": "Figure", "table": "Table", "algorithm": "Algorithm"}.get(kind)
    if name is None:
        return
    state.current = (str(state.step(kind)), name)


def definitions(state: State, parts: Tokens) -> None:
    """Take in what a file defines; everything else in it is left out."""
    state.mouth.push([*parts, END])
    while (token := state.mouth.raw()) is not None and token != END:
        if token in DEFINING:
            state.mouth.take_definition(token)
        elif token == "\\newtheorem":
            COMMANDS[token](state, token)
