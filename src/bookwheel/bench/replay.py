"""Judging days to come: from what somebody had by a month, how well its papers are ranked.

A library with the dates on which papers came in is replayed month by month. What came before a
month is liked; ranked are the papers of that month alone; relevant are those that came into the
library in that month or later. Months of one library are averaged first.
Leaves out: the methods (`rankings.py`).
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from bookwheel.bench.measured import Measured, compare, means
from bookwheel.bench.papers import Papers
from bookwheel.bench.rankings import YARDSTICK, Method, Positions
from bookwheel.bench.report import Row, Value
from bookwheel.core import metrics
from bookwheel.core.papers import ArxivId
from bookwheel.errors import IdentifierError, InputError

DEPTH = 100
FEWEST = 3  # likes before a month is replayed
_WEEK = re.compile(r"\((\w+) \d+.*?(\d{4})")

Month = int  # since January of year 0


@dataclass(frozen=True)
class Replayed:
    """One month of one library. All are positions."""

    name: str
    likes: Positions
    relevant: Positions
    ranked: Positions  # the month's papers, without the likes


def libraries(path: Path) -> dict[str, dict[str, Month]]:
    """Months in which papers came in, by library and identifier; undated ones are left out.

    The file: `{"name": {"items": [{"id": ..., "date": "2018-02"}]}}`; in place of a date a "week"
    may stand, as "(June 23 - June 29) - 2025".

    Raises:
        InputError: the file cannot be read, or is something else.
    """
    try:
        held = orjson.loads(path.read_bytes())
        return {name: _months(one["items"]) for name, one in held.items()}
    except (OSError, orjson.JSONDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    except (AttributeError, KeyError, TypeError, ValueError, IdentifierError) as error:
        raise InputError(
            f"{path}: libraries with dated items were expected ({error!r})."
        ) from error


def _months(items: Sequence[Mapping[str, Any]]) -> dict[str, Month]:
    dated = ((ArxivId.parse(item["id"]).base, _month(item)) for item in items)
    return {name: month for name, month in dated if month is not None}


def _month(item: Mapping[str, Any]) -> Month | None:
    if day := item.get("date"):
        year, month = day.split("-")[:2]
        return 12 * int(year) + int(month) - 1
    if week := _WEEK.search(item.get("week") or ""):
        begun = datetime.strptime(f"{week[1][:3]} {week[2]}", "%b %Y")  # noqa: DTZ007
        return 12 * begun.year + begun.month - 1
    return None


def months_of(days: NDArray[np.int32]) -> NDArray[np.int64]:
    """Month of each day, which is counted from 1970-01-01."""
    since: NDArray[np.int64] = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return since + 12 * date(1970, 1, 1).year


def replays(
    held: Mapping[str, Mapping[str, Month]], papers: Papers, months: NDArray[np.int64]
) -> list[Replayed]:
    """All months in which something new came into a library; `months` [n] are the papers' own."""
    made = []
    for name, entries in held.items():
        known = [(papers.position[one], month) for one, month in entries.items()
                 if one in papers.position]  # fmt: skip
        places = np.array([place for place, _ in known], np.intp)
        came = np.array([month for _, month in known], np.int64)
        for month in np.unique(months[places]).tolist():
            likes = np.sort(places[came < month])
            relevant = np.sort(places[(came >= month) & (months[places] == month)])
            ranked = np.setdiff1d(np.flatnonzero(months == month), likes)
            if len(likes) >= FEWEST and len(relevant) and len(ranked) > len(relevant):
                made.append(Replayed(name, likes, relevant, ranked))
    return made


class Replaying:
    """A run over months. What was done so far can be asked for at any time."""

    def __init__(self, methods: Mapping[str, Method]) -> None:
        self._methods = methods
        self._done: dict[str, Measured] = defaultdict(Measured)

    def run(self, months: Sequence[Replayed]) -> Iterator[int]:
        """Judge all methods on each month; yields how many months were done."""
        for done, month in enumerate(months, 1):
            judged = {name: _judge(fit, month) for name, fit in self._methods.items()}
            for name, measures in judged.items():
                self._done[name].add(f"{month.name} {done}", measures)
            yield done

    def rows(self) -> list[Row]:
        """A row for each method; intervals are over months."""
        made: list[Row] = []
        for name, measured in self._done.items():
            row: dict[str, Value] = {"method": name} | means(measured) | {"months": len(measured)}
            if name != YARDSTICK and (yardstick := self._done.get(YARDSTICK)):
                row |= compare(measured, yardstick, name=YARDSTICK)
            made.append(row)
        return made


def _judge(fit: Method, month: Replayed) -> dict[str, float]:
    started = time.perf_counter()
    scores = fit(month.likes).scores(month.ranked)
    took = time.perf_counter() - started
    good = np.isin(month.ranked, month.relevant)
    gains = good[np.argsort(-scores, kind="stable")]
    return {
        f"ndcg@{DEPTH}": metrics.ndcg(gains, np.ones(len(month.relevant)), DEPTH),
        f"recall@{DEPTH}": metrics.recall(gains[:DEPTH], len(month.relevant), DEPTH),
        "auc": metrics.auc(scores[good], scores[~good]),
        "ms": 1000 * took,
    }
