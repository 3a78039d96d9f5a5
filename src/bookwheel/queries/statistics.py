"""How many papers there are by day and by category, counted over the index's columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bookwheel.config import config
from bookwheel.core import categories
from bookwheel.errors import IndexMissingError
from bookwheel.index.engine import Engine
from bookwheel.index.reencoder import progress
from bookwheel.queries.engine import engine

_EPOCH = date(1970, 1, 1)
WIDEST = 366  # bars in the plot; longer spans are counted by month


@dataclass(frozen=True)
class Bar:
    """Papers of one day, or of one month when `first` and `last` are apart."""

    first: date
    last: date
    papers: int


@dataclass(frozen=True)
class Statistics:
    """Papers over time, oldest first, and by category, most frequent first."""

    total: int
    bars: tuple[Bar, ...]
    by_category: tuple[tuple[str, int], ...]


def statistics(days: int | None) -> Statistics:
    """Count the papers of the last `days` before the newest one held, or all of them."""
    try:
        opened = engine()
    except IndexMissingError:
        return Statistics(0, (), ())
    rows = opened.columns.newest
    dates = opened.columns.days[rows]
    if days is not None and len(dates):
        rows = rows[dates > dates[0] - days]
        dates = opened.columns.days[rows]
    return Statistics(len(rows), _bars(dates), _by_category(opened, rows))


def encoded() -> tuple[int, int] | None:
    """Papers done and to do, while an index is being made with another encoder."""
    return progress(config().index)


def _bars(dates: np.ndarray[tuple[int], np.dtype[np.int32]]) -> tuple[Bar, ...]:
    if not len(dates):
        return ()
    first = int(dates[-1])
    counts = np.bincount(dates - first).tolist()
    each = [_EPOCH + timedelta(days=first + at) for at in range(len(counts))]
    if len(counts) <= WIDEST:
        return tuple(Bar(day, day, count) for day, count in zip(each, counts, strict=True))
    months: dict[tuple[int, int], list[tuple[date, int]]] = {}
    for day, count in zip(each, counts, strict=True):
        months.setdefault((day.year, day.month), []).append((day, count))
    return tuple(
        Bar(held[0][0], held[-1][0], sum(count for _, count in held)) for held in months.values()
    )


def _by_category(
    opened: Engine, rows: np.ndarray[tuple[int], np.dtype[np.intp]]
) -> tuple[tuple[str, int], ...]:
    sets, of_row = opened.columns.sets
    unpacked = np.unpackbits(sets.view(np.uint8), axis=1, bitorder="little")
    counts = np.bincount(of_row[rows], minlength=len(sets)) @ unpacked
    found = np.flatnonzero(counts)
    order = found[np.argsort(-counts[found], kind="stable")]
    return tuple((categories.code(int(at)), int(counts[at])) for at in order)
