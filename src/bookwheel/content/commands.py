"""What TeX's commands and signs mean in a title or an abstract, as plain data for `texread.py`.

Leaves out: the names of single characters (`symbols.py`, `core/tex.py`).
"""

from __future__ import annotations

_PLAIN = """
    text textsc textsf textrm textnormal textup textmd mbox hbox fbox ensuremath enquote uppercase
    lowercase MakeUppercase thanks revised
"""
_UNSEEN = """
    sc scshape sf rm cal small tiny large Large huge normalsize footnotesize boldmath noindent
    indent centering protect xspace newblock displaystyle quad qquad
"""

# Command -> HTML element of its argument; "" for those whose look means nothing on a page.
STYLES = {
    "emph": "em",
    "textit": "em",
    "textsl": "em",
    "textbf": "strong",
    "texttt": "code",
    "underline": "u",
    "uline": "u",
    "textsuperscript": "sup",
    "textsubscript": "sub",
} | dict.fromkeys(_PLAIN.split(), "")
# Command -> HTML element of the rest of its group.
DECLARED = {
    "em": "em",
    "it": "em",
    "itshape": "em",
    "sl": "em",
    "bf": "strong",
    "bfseries": "strong",
    "tt": "code",
} | dict.fromkeys(_UNSEEN.split(), "")
SPACED = {"par": "\n\n", "newline": " ", "linebreak": " ", "item": "• "}
ESCAPED = {
    **{char: char for char in "%&#_{}$'\"`^~=."},
    **dict.fromkeys(" \n\t;:>\\", " "),
    ",": "\N{THIN SPACE}",
    "|": "‖",
    **dict.fromkeys("!-/@", ""),
}
