"""Which lines of a PDF are displayed formulas, or parts of one.

Leaves out: what the formulas mean. Their text is what the glyphs say, in the order drawn.
"""

from __future__ import annotations

import re

from bookwheel.content.fulltext.pdf_lines import Line

NUMBER = re.compile(r"\(\s*(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3})*[a-z]?\s*\)$")
_RELATION = re.compile(r"[=<>≤≥≈∼≃≡∈→←⇒⇔∝≪≫≺⪯≜:↦⊂⊆+−∑∫∏×|]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_SENTENCE = (
    "the of and is are in we to for with that this by on as be an it from can our have has which "
    "at its these not then they was were all each will their between such also more than when so"
)
_COMMON = frozenset(_SENTENCE.split())
_SIGNS = frozenset("=+−<>≤≥∑∏∫√∈∂∇()[]{}|∥‖·×→∞…∗∼≈⊤⊙∀∃ℝℓ^/′")


def is_formula(line: Line, left: float, right: float, body: float) -> bool:
    """Whether a line is a displayed formula or a part of one, in a column from left to right."""
    text = NUMBER.sub("", line.text).strip()
    if not text:
        return True  # a number alone
    if not line.share("math") and not _RELATION.search(text):
        return False  # the rest of a sentence, such as "[3, 4]."
    words = [word.lower() for word in _WORD.findall(text)]
    if any(word in _COMMON for word in words):
        return False
    indented = line.left - left > 1.1 * body
    mathematical = _share(line, text)
    if indented and _RELATION.search(text) and line.width < 0.99 * (right - left):
        long = [word for word in words if len(word) > 3]
        if mathematical > 0.3 or len(long) <= 1:
            return not text.endswith((".", ",")) or mathematical > 0.25
    small = len(text) <= 12 and (mathematical > 0.5 or not words)
    return small and (indented or len(text) <= 4) and text[:1] not in "•–-*◦"


def _share(line: Line, text: str) -> float:
    signs = sum(char in _SIGNS or "α" <= char.lower() <= "ω" for char in text)
    return min(1.0, line.share("math") + signs / max(len(text.replace(" ", "")), 1))
