"""A text whose words are shaded by what they added to a score or took from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from bookwheel.content.math import formula_html
from bookwheel.core.encoder import Share
from bookwheel.core.formulas import formulas

_STEPS = (0.12, 0.3, 0.55, 0.8)  # of the largest share: where the next shade begins


def shaded(text: str, shares: Sequence[Share], largest: float) -> Markup:
    """Escape a text and shade its words; formulas are left as they are.

    `largest` is the share that gets the darkest shade, so that several texts can be compared.
    """
    spans = [
        (each.start, each.end, formula_html(each.tex, display=each.display))
        for each in formulas(text)
    ]
    inside = [(start, end) for start, end, _html in spans]
    for share in shares:
        name = _class(share.share, largest)
        if name and not any(start < share.end and share.start < end for start, end in inside):
            word = escape(text[share.start : share.end])
            spans.append((share.start, share.end, f'<b class="{name}">{word}</b>'))
    return Markup("".join(_joined(text, sorted(spans))))  # noqa: S704 - escaped piece by piece


def _class(share: float, largest: float) -> str:
    strength = abs(share) / largest if largest else 0
    step = sum(strength >= limit for limit in _STEPS)
    if not step:
        return ""
    return f"for-{step}" if share > 0 else "against"


def _joined(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterable[str]:
    done = 0
    for start, end, html in spans:
        if start < done:  # a pair of words over one that stands already
            continue
        yield escape(text[done:start])
        yield html
        done = end
    yield escape(text[done:])
