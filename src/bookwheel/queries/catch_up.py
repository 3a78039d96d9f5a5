"""After an absence: the best of the days that were missed, not all of them.

Leaves out: when the reader was last here (`actions/note_visit.py`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.text import author_hashes
from bookwheel.index import exact
from bookwheel.index.dates import day_number
from bookwheel.index.engine import EXACT, Engine
from bookwheel.index.query import Filters, Query
from bookwheel.models import Reader
from bookwheel.queries import announced
from bookwheel.queries.announced import NEW, Contents
from bookwheel.queries.arranged import arrange
from bookwheel.queries.cards import Listing
from bookwheel.queries.engine import engine
from bookwheel.queries.feed_cards import listed
from bookwheel.queries.following import authors_of
from bookwheel.queries.interests import interests
from bookwheel.queries.judged import judge
from bookwheel.queries.never import filtered

BEST = 50  # papers; who wants more has the days
FROM_EACH = 200  # of more papers than can be judged one by one, so many for each interest


@dataclass(frozen=True)
class CatchUp:
    """Days that were missed, how many papers were new in them, and the best."""

    days: tuple[date, ...]  # oldest first
    announced: int
    mine: int  # how many were for the reader; at most `BEST` are shown
    ranked: bool
    listing: Listing
    took_ms: float


def catch_up(reader: Reader, since: date, *, page: int = 1) -> CatchUp:
    """The best of the days after one.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    started = time.perf_counter()
    opened = engine()
    days = announced.days_since(opened, since)
    judged = judge(opened, reader, _contents(opened, reader, days))
    mine = arrange(opened, judged, judged.mine)
    shown = mine.pick(~mine.spread(judged.hidden))
    return CatchUp(
        days=tuple(days),
        announced=sum(announced.counts(opened, days)),
        mine=len(shown.places),
        ranked=judged.ranked,
        listing=listed(opened, reader, judged, shown.first(BEST), page=page),
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _contents(opened: Engine, reader: Reader, days: list[date]) -> Contents:
    """All new papers of the days; of too many, those that can be among the best."""
    rows = _rows(opened, days)
    key: tuple[object, ...] = (*announced.generation(opened), "since", *days[:1], len(days))
    if len(rows) > EXACT:
        rows = np.intersect1d(rows, _candidates(opened, reader, days))[::-1]
        key = (*key, rows.tobytes())
    return Contents(tuple(days), rows, np.full(len(rows), NEW, np.int8), key)


def _rows(opened: Engine, days: list[date]) -> NDArray[np.intp]:
    parts = [opened.columns.listed(day_number(day)) for day in reversed(days)]
    return np.concatenate([np.empty(0, np.intp), *parts])


def _candidates(opened: Engine, reader: Reader, days: list[date]) -> NDArray[np.intp]:
    """What interests rank high, and all by authors who are followed."""
    span = Filters(first_day=day_number(days[0]), last_day=day_number(days[-1]))
    mine = interests(reader)
    tastes = [(interest.taste(opened), filtered(opened, interest, span)) for interest in mine]
    hits = [
        opened.search(Query(taste=taste, filters=filters, k=FROM_EACH)).rows
        for taste, filters in tastes
        if taste.vector is not None
    ]
    names = [(author.family, author.given) for author in authors_of(reader)]
    return np.concatenate([exact.by_authors(opened, author_hashes(names)), *hits])
