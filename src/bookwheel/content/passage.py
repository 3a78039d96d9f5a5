"""A block of a full text as HTML: its spans, its mathematics, and what readers marked in it.

Every character of the text stands in the page as it is, or inside an element whose `data-at` says
which part of the text the element stands for; so a script can tell what was selected.
Leaves out: blocks as a whole, which templates place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from bookwheel.content.clean import UNSEEN
from bookwheel.content.gate import passed_text
from bookwheel.content.math import formula_html
from bookwheel.content.pieces import safe_address
from bookwheel.core.document import Mark, Span
from bookwheel.core.formulas import formulas

PREFIX = "at-"  # of the ids of a document on a page, where other things have ids too
_ELEMENTS = {Mark.EMPHASIS: "em", Mark.STRONG: "strong", Mark.CODE: "code"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of a text that is marked: `[start, end)`; `name` is its id on the page."""

    start: int
    end: int
    css: str
    name: str


def passage_html(text: str, spans: Sequence[Span], drawn: Sequence[Drawn] = ()) -> Markup:
    """A block's text; highlights grow to whole formulas."""
    math = [span for span in spans if span.mark is Mark.MATH]
    grown = [_grown(each, math) for each in drawn]
    places = _cuts(text, [*spans, *grown], math)
    named: set[str] = set()
    over = _Over(sorted(spans, key=lambda span: (span.start, -span.end)))
    pieces = []
    for start, end in zip(places, places[1:], strict=False):
        html = _piece(text, start, end, over.at(start, end))
        for each in grown:
            if each.start <= start and end <= each.end:
                html = _marked(html, each, named)
        pieces.append(html)
    return passed_text("".join(pieces))


class _Over:
    """Which spans cover a piece of the text; asked from left to right, so many are no matter."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._waiting = list(reversed(spans))
        self._open: list[Span] = []

    def at(self, start: int, end: int) -> list[Span]:
        """Those that cover `[start, end)`, the outermost first."""
        while self._waiting and self._waiting[-1].start <= start:
            self._open.append(self._waiting.pop())
        self._open = [span for span in self._open if span.end > start]
        return [span for span in self._open if span.end >= end]


def _cuts(text: str, parts: Sequence[Span | Drawn], math: Sequence[Span]) -> list[int]:
    """Where the text is cut: where anything begins or ends, but not inside a formula."""
    cuts = {0, len(text)}
    for part in parts:
        cuts.update((part.start, part.end))
    for span in math:
        cuts -= set(range(span.start + 1, min(span.end, len(text))))
    return sorted(cut for cut in cuts if 0 <= cut <= len(text))


def plain_html(text: str) -> Markup:
    """A text of which only the formulas are known: a cell of a table, a reference, a heading."""
    found = formulas(text)
    return passage_html(text, [Span(each.start, each.end, Mark.MATH) for each in found])


def _grown(drawn: Drawn, math: Sequence[Span]) -> Drawn:
    """With the whole of the formulas at its ends."""
    start = min((s.start for s in math if s.start < drawn.start < s.end), default=drawn.start)
    end = max((s.end for s in math if s.start < drawn.end < s.end), default=drawn.end)
    return Drawn(start, end, drawn.css, drawn.name)


def _piece(text: str, start: int, end: int, over: Sequence[Span]) -> str:
    """What stands between two cuts, inside all that covers it."""
    if any(span.mark is Mark.MATH for span in over):
        html = _formula(text, start, end)
    else:
        html = "".join(_shown(text, start, end))
    for span in reversed(over):
        html = _inside(span, html)
    return html


def _shown(text: str, start: int, end: int) -> Iterator[str]:
    """The text escaped; what cannot be seen is left out, and the script is told so."""
    done = start
    for match in UNSEEN.finditer(text, start, end):
        yield str(escape(text[done : match.start()]))
        yield f'<span class="whole" data-at="{match.start()}-{match.end()}"></span>'
        done = match.end()
    yield str(escape(text[done:end]))


def _marked(html: str, drawn: Drawn, named: set[str]) -> str:
    """With the id on the first of several pieces only."""
    given = "" if drawn.name in named else f' id="{escape(drawn.name)}"'
    named.add(drawn.name)
    name = escape(drawn.name)
    return f'<mark class="{escape(drawn.css)}"{given} data-mark="{name}">{html}</mark>'


def _formula(text: str, start: int, end: int) -> str:
    tex = UNSEEN.sub("", text[start:end])
    dollars = len(tex) - len(tex.lstrip("$"))
    bare = tex.strip("$") if dollars else tex
    html = formula_html(bare, display=dollars > 1)
    return f'<span class="whole" data-at="{start}-{end}">{html}</span>'


def _inside(span: Span, html: str) -> str:
    if element := _ELEMENTS.get(span.mark):
        return f"<{element}>{html}</{element}>"
    told = UNSEEN.sub("", span.target)
    target = f'href="#{PREFIX}{escape(told)}"'
    match span.mark:
        case Mark.CITE:
            return f'<a class="cite" {target}>{html}</a>'
        case Mark.REF:
            return f"<a {target}>{html}</a>"
        case Mark.NOTE:
            return f'<sup><a class="cite" {target}>{html}</a></sup>'
        case Mark.LINK if address := safe_address(told):
            return f'<a href="{escape(address)}" rel="noopener nofollow">{html}</a>'
    return html
