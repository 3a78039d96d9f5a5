"""The strip of a paper: its first page and its figures, small, each a link into the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bookwheel.access import texts_read
from bookwheel.content.fulltext.pictured import ORIGINAL
from bookwheel.content.passage import PREFIX
from bookwheel.content.plain import to_text
from bookwheel.models import Figure, FullText, Paper
from bookwheel.queries.figures import strips
from bookwheel.web.picture_address import picture_address
from bookwheel.web.reading_address import reading_address
from bookwheel.web.rendering import rendered

ON_CARD, ON_PAGE = 5, 24  # figures
_LONGEST = 160  # characters of a caption that is read aloud
SMALL_PAGE = f"small-{ORIGINAL}.webp"


@dataclass(frozen=True)
class Small:
    """One small picture, with its size on the page in pixels."""

    href: str
    address: str
    words: str
    width: int
    height: int


def strips_of(papers: Iterable[Paper]) -> dict[int, Markup]:
    """The strips of some papers by their numbers, where there is anything to show; two queries."""
    known = {paper.pk: paper for paper in papers}
    texts = texts_read(known)
    figures = strips(texts.values(), ON_CARD)
    made = {
        number: _strip(known[number], text, figures.get(text.pk, []))
        for number, text in texts.items()
    }
    return {number: strip for number, strip in made.items() if strip}


def strip_of(paper: Paper, text: FullText) -> Markup:
    """The strip of one paper, for its own page."""
    return _strip(paper, text, strips([text], ON_PAGE).get(text.pk, []))


def strip_in(text: FullText) -> Markup:
    """The same on the page of the text itself."""
    figures = strips([text], ON_PAGE).get(text.pk, [])
    return _drawn([_small(text.paper, text, each, "") for each in figures])


def _strip(paper: Paper, text: FullText, figures: Sequence[Figure]) -> Markup:
    href = reading_address(paper.arxiv_id)
    first = [_first_page(paper, text, href)] if text.page_width else []
    return _drawn([*first, *(_small(paper, text, each, href) for each in figures)])


def _drawn(pictures: Sequence[Small]) -> Markup:
    return rendered("_strip.html", pictures=pictures) if pictures else Markup()


def _first_page(paper: Paper, text: FullText, href: str) -> Small:
    address = picture_address(paper.arxiv_id, text, SMALL_PAGE)
    return Small(href, address, "", text.page_width // 2, text.page_height // 2)


def _small(paper: Paper, text: FullText, figure: Figure, href: str) -> Small:
    return Small(
        href=f"{href}#{PREFIX}{figure.block}",
        address=picture_address(paper.arxiv_id, text, figure.small),
        words=said(figure),
        width=max(figure.small_width // 2, 1),
        height=max(figure.small_height // 2, 1),
    )


def said(figure: Figure) -> str:
    """What a figure shows, in its own words; its caption shortened."""
    words = to_text(f"{figure.label}: {figure.caption}" if figure.label else figure.caption)
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0] + "…"
