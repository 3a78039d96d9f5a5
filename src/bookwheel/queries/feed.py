"""One day for one reader: what is for them, in arXiv's sections, and how far they have come.

Leaves out: what was announced (`announced.py`), for whom it is (`judged.py`), in which order
(`arranged.py`), and what a card shows (`listing.py`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from bookwheel.errors import IndexMissingError
from bookwheel.index.dates import day_number
from bookwheel.index.engine import Engine
from bookwheel.models import Reader, Tag
from bookwheel.queries import announced, lacks
from bookwheel.queries.announced import NEW, SECTIONS
from bookwheel.queries.arranged import Arranged, arrange
from bookwheel.queries.cards import Listing
from bookwheel.queries.engine import engine
from bookwheel.queries.exploring import to_explore
from bookwheel.queries.feed_cards import listed
from bookwheel.queries.judged import Judged, judge
from bookwheel.queries.lacks import Lack
from bookwheel.queries.listing import PAGE
from bookwheel.queries.sources import from_source, source_keys, source_place

EARLIER = 7  # days that are named under a day
PREVIEW = 5  # cards of cross-lists and replacements under the new papers


@dataclass(frozen=True)
class Wanted:
    """What the reader chose for a day; every field is part of the address."""

    section: str = ""  # "new", "cross", "replace"; empty: all, the latter two in short
    source: str = ""  # "tag-NUMBER", "likes", "authors", "searches"
    show: str = ""  # "unread"; "below": what is below the line
    category: str = ""  # "cs.LG", or an archive: "cs"
    page: int = 1


@dataclass(frozen=True)
class Source:
    """Where papers of the day come from, and how many."""

    key: str
    tag: Tag | None
    count: int


@dataclass(frozen=True)
class Part:
    """One section of a day."""

    section: str
    announced: int
    mine: int
    listing: Listing


@dataclass(frozen=True)
class Earlier:
    """A day before, with the number of its new papers."""

    day: date
    papers: int
    read: bool


@dataclass(frozen=True)
class DayFeed:
    """A day's page. `done` of `mine` papers are read, for later, kept or hidden."""

    day: date
    announced: int
    mine: int
    done: int
    below: int
    ranked: bool
    line: float
    parts: tuple[Part, ...]
    explored: Listing | None  # from beyond the line; only where the whole day is shown
    sources: tuple[Source, ...]
    lacks: tuple[Lack, ...]
    before: date | None
    after: date | None
    earlier: tuple[Earlier, ...]
    took_ms: float


def newest_day() -> date | None:
    """The last day that has papers, if there are any."""
    try:
        held = announced.days_held(engine())
    except IndexMissingError:
        return None
    return announced.day_of(held[0]) if len(held) else None


def day_feed(reader: Reader, day: date, wanted: Wanted, now: datetime) -> DayFeed:
    """A day for a reader.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    started = time.perf_counter()
    opened = engine()
    found = announced.contents(opened, day)
    if wanted.category:
        found = announced.in_category(opened, found, wanted.category)
    judged = judge(opened, reader, found)
    maker = _Day(opened, reader, judged, wanted)
    parts = maker.parts()
    before, after = announced.around(opened, day)
    return DayFeed(
        day=day,
        announced=len(found.rows),
        mine=len(maker.leading),
        done=maker.done,
        below=int((~judged.mine & ~judged.hidden).sum()),
        ranked=judged.ranked,
        line=judged.line,
        parts=parts,
        explored=maker.explored(),
        sources=maker.sources(),
        lacks=(
            *lacks.of_day(
                day,
                announced=len(opened.columns.listed(day_number(day))),
                usual=announced.usual(opened, day),
                newest=announced.day_of(announced.days_held(opened)[0]),
                now=now,
            ),
            *maker.lacks(parts),
        ),
        before=before,
        after=after,
        earlier=tuple(_earlier(opened, reader, day)),
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _earlier(opened: Engine, reader: Reader, day: date) -> Iterator[Earlier]:
    days = announced.days_before(opened, day, EARLIER)
    read = set(reader.days_read.filter(day__in=days).values_list("day", flat=True))
    for one, papers in zip(days, announced.counts(opened, days), strict=True):
        yield Earlier(one, papers, one in read)


def rest_of_day(reader: Reader, day: date) -> list[int]:
    """Numbers of the cross-lists and replacements of a day that a reader is not through with.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    judged = judge(opened, reader, announced.contents(opened, day))
    rest = judged.mine & ~judged.done & (judged.found.sections != NEW)
    found: list[int] = judged.papers[rest].tolist() if judged.ranked else []
    return found


class _Day:
    """Makes the parts of one page."""

    def __init__(self, opened: Engine, reader: Reader, judged: Judged, wanted: Wanted) -> None:
        self._opened, self._reader, self._judged, self._wanted = opened, reader, judged, wanted
        self._source = source_place(judged, wanted.source)
        self._arranged = [
            arrange(opened, judged, judged.mine & self._of(section), source=self._source)
            for section in range(len(SECTIONS))
        ]
        self.leading = np.concatenate([one.places for one in self._arranged])
        self.done = sum(int(one.spread(judged.done)[one.places].sum()) for one in self._arranged)

    def parts(self) -> tuple[Part, ...]:
        made = [
            self._part(number)
            for number, section in enumerate(SECTIONS)
            if self._wanted.section in ("", section)
        ]
        return tuple(part for part in made if part.announced or self._wanted.section)

    def explored(self) -> Listing | None:
        """Papers to explore, marked as such, under a day that is shown without any filter."""
        if self._wanted != Wanted():
            return None
        judged = self._judged
        places = to_explore(self._opened, judged, self._reader.explore)
        if not len(places):
            return None
        found = listed(self._opened, self._reader, judged, Arranged(places, {}), size=len(places))
        return replace(found, cards=tuple(replace(card, explored=True) for card in found.cards))

    def _of(self, section: int) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = self._judged.found.sections == section
        return inside

    def _part(self, section: int) -> Part:
        shown = self._shown(section)
        short = section != NEW and not self._wanted.section
        return Part(
            section=SECTIONS[section],
            announced=int(self._of(section).sum()),
            mine=len(self._arranged[section].places),
            listing=listed(
                self._opened,
                self._reader,
                self._judged,
                shown,
                page=1 if short else self._wanted.page,
                size=PREVIEW if short else PAGE,
                source=self._source,
            ),
        )

    def _shown(self, section: int) -> Arranged:
        judged, wanted = self._judged, self._wanted
        if wanted.show == "below":
            below = ~judged.mine & ~judged.hidden & self._of(section)
            return arrange(self._opened, judged, below, source=self._source)
        mine = self._arranged[section]
        keep = ~mine.spread(judged.hidden) & from_source(judged, wanted.source)
        if wanted.show == "unread":
            keep &= ~mine.spread(judged.done)
        return mine.pick(keep)

    def sources(self) -> tuple[Source, ...]:
        """Those that gave anything, tags by name."""
        judged, leading = self._judged, self.leading
        found = [
            Source(key, tag, int(from_source(judged, key)[leading].sum()))
            for key, tag in source_keys(judged)
        ]
        return tuple(source for source in found if source.count)

    def lacks(self, parts: tuple[Part, ...]) -> list[Lack]:
        if not len(self._judged.papers) and not self._wanted.category:
            return []  # the day itself is empty
        return lacks.of_list(
            self._judged,
            shown=sum(part.listing.total for part in parts),
            source=bool(self._wanted.source),
            unread=self._wanted.show == "unread",
            filtered=bool(self._wanted.category),
        )
