"""A small library with days for the tests of the feed, and what tests ask of a day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bookwheel.models import Paper
    from bookwheel.queries.cards import Listing
    from bookwheel.queries.feed import DayFeed, Part

LONG_AFTER = datetime(2026, 6, 30, 12, tzinfo=UTC)


def days_of(library: list[Paper]) -> list[date]:
    """Days that have papers, newest first."""
    return sorted({paper.announced for paper in library if paper.announced}, reverse=True)


def fullest(library: list[Paper]) -> date:
    """The day that has most papers."""
    counts = Counter(paper.announced for paper in library if paper.announced)
    return max(counts, key=lambda day: (counts[day], day))


def of(library: list[Paper], day: date) -> list[Paper]:
    """The papers that were new on a day, the last arrived first."""
    return [paper for paper in library if paper.announced == day][::-1]


def part(feed: DayFeed, section: str = "new") -> Part:
    return next(part for part in feed.parts if part.section == section)


def shown(listing: Listing) -> list[int]:
    """Numbers of the papers on a page."""
    return [card.paper.pk for card in listing.cards]
