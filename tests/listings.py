"""What tests of lists ask of a list, whichever it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bookwheel.models import Paper
    from bookwheel.queries.cards import Listing


def ids(listing: Listing) -> list[str]:
    return [card.paper.arxiv_id for card in listing.cards]


def every_page(page_of: Callable[[int], Listing]) -> list[str]:
    """Identifiers of all pages, which must be as many as the list says."""
    first = page_of(1)
    found = ids(first)
    for page in range(2, first.pages + 1):
        listing = page_of(page)
        assert (listing.page, listing.pages, listing.total) == (page, first.pages, first.total)
        found += ids(listing)
    assert len(found) == first.total
    assert len(set(found)) == len(found)
    return found


def newest_first(papers: list[Paper]) -> list[str]:
    return [paper.arxiv_id for paper in sorted(papers, key=_moment, reverse=True)]


def _moment(paper: Paper) -> tuple[date, int]:
    return paper.announced or paper.first_date, paper.pk


def titled(papers: list[Paper], *words: str) -> list[Paper]:
    return [paper for paper in papers if all(word in paper.title.lower() for word in words)]
