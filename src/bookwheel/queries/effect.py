"""What steering a tag does to the newest day: how many reach the line, what rose and fell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from dataclasses import replace as changed
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.steering import BREADTHS, Steering
from bookwheel.errors import IndexMissingError
from bookwheel.index import exact
from bookwheel.index.engine import Engine
from bookwheel.models import Tag
from bookwheel.queries import announced
from bookwheel.queries.announced import NEW
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import Interest, interest_of
from bookwheel.queries.judged import BANNED
from bookwheel.queries.never import never

Floats = NDArray[np.float32]
LOOKED_AT = 50  # places from the top, before or after, in which a paper's move is of interest
NAMED = 5  # papers that rose, and that fell


@dataclass(frozen=True)
class Moved:
    """A paper and its place in the day before and after, from 1; 0: kept away by a filter."""

    paper: int
    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """What changed on a day, for one tag."""

    day: str
    announced: int
    before: int  # papers that reached the reader's line
    after: int
    rose: tuple[Moved, ...]
    fell: tuple[Moved, ...]

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Effect | None:
        """From JSON; None where nothing could be said."""
        if not stored:
            return None
        parts = {name: tuple(Moved(**one) for one in stored[name]) for name in ("rose", "fell")}
        return cls(**stored | parts)


def effect(tag: Tag, before: Steering, after: Steering) -> Effect | None:
    """What a step does to the newest day; None where there is no day yet."""
    day = _Newest.open()
    if day is None:
        return None
    interest = interest_of(tag)
    old, new = (day.chances(changed(interest, steering=each)) for each in (before, after))
    line = tag.reader.line
    places = np.stack([_places(old), _places(new)])
    near: NDArray[np.bool_] = np.any((places > 0) & (places <= LOOKED_AT), axis=0)
    gain = np.where(places == 0, len(old) + 1, places)
    gain = gain[0] - gain[1]
    order = np.argsort(-np.abs(gain), kind="stable")
    moved = [
        Moved(int(day.papers[at]), int(places[0, at]), int(places[1, at]))
        for at in order[near[order] & (gain[order] != 0)]
    ]
    return Effect(
        day=day.day.isoformat(),
        announced=len(day.papers),
        before=int((old >= line).sum()),
        after=int((new >= line).sum()),
        rose=tuple([one for one in moved if _gained(one) > 0][:NAMED]),
        fell=tuple([one for one in moved if _gained(one) < 0][:NAMED]),
    )


def _gained(one: Moved) -> float:
    return (one.before or np.inf) - (one.after or np.inf)


def _places(chances: Floats) -> NDArray[np.intp]:
    """Place of each paper from the best, from 1; 0 for what has no chance at all."""
    order = np.argsort(-chances, kind="stable")
    places = np.empty(len(chances), np.intp)
    places[order] = np.arange(1, len(chances) + 1)
    places[chances < 0] = 0
    return places


def reached(tag: Tag, steering: Steering) -> tuple[int, list[int]]:
    """Papers of the newest day, and how many reach the line at each breadth of the dial."""
    day = _Newest.open()
    if day is None:
        return 0, [0] * len(BREADTHS)
    interest = interest_of(tag)
    told = (changed(steering, breadth=breadth) for breadth in BREADTHS)
    chances = (day.chances(changed(interest, steering=each)) for each in told)
    return len(day.papers), [int((one >= tag.reader.line).sum()) for one in chances]


class _Newest:
    """The new papers of the newest day."""

    def __init__(self, opened: Engine, day: date) -> None:
        self._opened, self.day = opened, day
        found = announced.contents(opened, day)
        self._rows = found.rows[found.sections == NEW]
        self.papers: Sequence[int] = opened.columns.papers[self._rows].tolist()
        self._score = exact.scorer(opened, self._rows)

    @classmethod
    def open(cls) -> _Newest | None:
        """The newest day, if there is any."""
        try:
            opened = engine()
        except IndexMissingError:
            return None
        held = announced.days_held(opened)
        return cls(opened, announced.day_of(held[0])) if len(held) else None

    def chances(self, interest: Interest) -> Floats:
        """Chance of each paper, `BANNED` where a filter keeps it away."""
        taste = interest.taste(self._opened)
        if taste.vector is None:
            return np.zeros(len(self._rows), np.float32)
        chances = taste.probability(self._score(taste))
        mask = never(self._opened, interest.steering)
        if mask is None:
            return chances
        return np.where(mask[self._rows], np.float32(BANNED), chances)
