r"""TeX in titles, abstracts and names as plain words: `Erd\H{o}s` is Erdős, `H$_2$O` is H2O.

Only what arXiv's metadata contains is understood; nothing is typeset and nothing is ever refused.
Leaves out: showing mathematics to people (`content/`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "th": "þ",
    "TH": "Þ",
    "ng": "ŋ",
    "NG": "Ŋ",
}
_FORMATTING = (
    "mathcal mathbf mathbb mathrm mathfrak mathscr mathsf mathit mathtt mathop boldsymbol bm "
    "text textbf textit textrm textsc textsf texttt textsl textnormal textup textsuperscript "
    "textsubscript emph underline overline operatorname ensuremath mbox hbox vbox rm bf it sc sf "
    "sl tt em cal Bbb left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle "
    "scriptstyle scriptscriptstyle limits nolimits nonumber quad qquad noindent protect tiny small "
    "large Large LARGE huge Huge xspace hspace vspace phantom url href uppercase lowercase"
)
_DROPPED = frozenset(_FORMATTING.split())
_JOINED = frozenset("-/")  # `\-` and `\/` stand inside a word

# The first character is matched on its own, so that the search for it runs at full speed.
_TEX = re.compile(
    r"""[\\{}$_^](?:(?<=\\)(?:
        (?P<mark>['"`^~=.])\s*(?:\{\s*\\?(?P<base1>[A-Za-z])\s*\}|\\?(?P<base2>[A-Za-z]))
        | (?P<tail>[uvHckrdb])(?:\s*\{\s*\\?(?P<base3>[A-Za-z])\s*\}|\s+\\?(?P<base4>[A-Za-z]))
        | (?:cite[a-z]*|ref|eqref|label|begin|end)\*?\s*(?:\[[^\[\]{}]*\])?\{[^{}]*\}
        | (?P<letter>ss|[oOlLij]|ae|AE|oe|OE|aa|AA|dh|DH|dj|DJ|th|TH|ng|NG)(?![A-Za-z])
            (?:\{\}|\s)?
        | (?P<command>[A-Za-z]+)\*?
        | (?P<symbol>.)
    )
    | (?<=[_^])(?:\{\s*(?P<digits>\d+)\s*\}|(?P<digit>\d))
    | (?<=\})\s*(?P<opening>\{)
    | (?P<gap>(?<=[_^\\]))
    |
    )""",
    re.VERBOSE | re.DOTALL,
)


def _replacement(match: re.Match[str]) -> str:
    group = match.group
    if accent := group("mark") or group("tail"):
        base = group("base1") or group("base2") or group("base3") or group("base4")
        return unicodedata.normalize("NFC", base + ACCENTS[accent])
    if letter := group("letter"):
        return LETTERS[letter]
    if command := group("command"):
        return "" if command in _DROPPED else f" {command} "
    if symbol := group("symbol"):
        return "" if symbol in _JOINED else symbol if symbol in "%&#" else " "
    if digits := group("digits") or group("digit"):
        return digits
    return "" if group("gap") is None and group("opening") is None else " "


def is_plain(text: str) -> bool:
    """Whether `plain` would leave the text as it is; much faster than asking it."""
    # One by one: a loop over the marks costs more than the search for them.
    return not (
        "\\" in text or "$" in text or "{" in text or "}" in text or "^" in text or "_" in text
    )


def plain(text: str) -> str:
    r"""Turn TeX into words: accents to Unicode, `\alpha` to alpha, `$\mathcal{N}=4$` to N=4."""
    return text if is_plain(text) else _TEX.sub(_replacement, text)


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what `plain` makes, with the place `[start, end)` in `text` that each piece comes from.

    What is no TeX comes one character at a time.
    """
    done = 0
    for match in _TEX.finditer(text):
        start, end = match.span()
        yield from ((text[at], at, at + 1) for at in range(done, start))
        yield _replacement(match), start, end
        done = end
    yield from ((text[at], at, at + 1) for at in range(done, len(text)))
