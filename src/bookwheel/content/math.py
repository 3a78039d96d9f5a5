r"""Shows formulas: as TeX that the page typesets, or as plain characters where nothing can.

In HTML a formula is `<span class="math">` (`math display` for one on a line of its own) around its
escaped TeX; the page's script hands that to KaTeX, which trusts nothing, and without a script the
TeX is read as it is. Leaves out: where formulas stand (`core/formulas.py`).
"""

from __future__ import annotations

import re

from markupsafe import escape

from bookwheel.content.symbols import SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS

_TOKEN = re.compile(
    r"""\\(?:
        (?:begin|end)\{(?P<environment>[a-z]{1,12}\*?)\}
        | (?:mathbb|Bbb)\s?(?:\{\s?(?P<double>[A-Z])\s?\}|(?P<double2>[A-Z])(?![A-Za-z]))
        | (?P<command>[A-Za-z]+)\*?
        | (?P<escaped>.)
    )
    | (?P<script>[\^_])\s?(?:\{(?P<high>[^{}\\]{1,20})\}|(?P<high2>[A-Za-z0-9]))
    | (?P<over>\}\s?\{)
    | (?P<dropped>[{}$&~])""",
    re.VERBOSE | re.DOTALL,
)
_NAMES = """
    left right big Big bigg Bigg bigl bigr Bigl Bigr mathcal mathbf mathrm mathfrak mathscr mathsf
    mathit mathtt mathop mathbin mathrel mathbb boldsymbol bm text textbf textit textrm textsc
    textsf texttt mbox rm bf it sc cal operatorname displaystyle textstyle scriptstyle limits
    nolimits nonumber ensuremath frac dfrac tfrac overline underline hat bar tilde vec dot widehat
    widetilde quad qquad
"""
FORMATTING = frozenset(_NAMES.split())
_DOUBLE_STRUCK = str.maketrans("CHNPQRZ", "ℂℍℕℙℚℝℤ")
_ESCAPED = {"\\": " ", ",": " ", ";": " ", ":": " ", "!": "", "|": "‖", "\n": " "}


def formula_html(tex: str, *, display: bool) -> str:
    """HTML of one formula, from its TeX without delimiters."""
    return f'<span class="math{" display" if display else ""}">{escape(tex)}</span>'


def formula_text(tex: str) -> str:
    r"""A formula in plain characters, as far as they go: `\alpha^2 \le \frac{1}{n}` is α² ≤ 1/n."""
    return " ".join(_TOKEN.sub(_characters, tex).split())


def _characters(match: re.Match[str]) -> str:
    if script := match["script"]:
        return _script(script, match["high"] or match["high2"])
    if letter := match["double"] or match["double2"]:
        return letter.translate(_DOUBLE_STRUCK)
    if command := match["command"]:
        return _command(command, match)
    if escaped := match["escaped"]:
        return _ESCAPED.get(escaped, escaped)
    return "/" if match["over"] else " " if match["environment"] or match[0] in "~&" else ""


def _command(name: str, match: re.Match[str]) -> str:
    if name in FORMATTING:
        return " " if name in ("quad", "qquad") else ""
    if name in SYMBOLS:
        return SYMBOLS[name]
    before = match.string[max(match.start() - 1, 0) : match.start()]
    return f" {name}" if before.isalnum() else name  # n\log n


def _script(kind: str, text: str) -> str:
    raised = text.translate(SUPERSCRIPTS if kind == "^" else SUBSCRIPTS)
    if not any(char.isascii() for char in raised):
        return raised
    return f"{kind}({text})" if len(text) > 1 else kind + text
