"""What a reader will make of each paper of some days: if it is for them, and if it is done with.

All rows are scored exactly, for every interest in one pass. Leaves out: the order and the page
(`feed.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Taste
from bookwheel.index import exact
from bookwheel.index.columns import WITHDRAWN
from bookwheel.index.engine import Engine
from bookwheel.index.panel import Panel
from bookwheel.index.remembered import Remembered
from bookwheel.models import Reader
from bookwheel.queries.announced import Contents, day_of
from bookwheel.queries.following import Followed, followed
from bookwheel.queries.interests import Interest, hidden, interests, kept, tastes_of
from bookwheel.queries.never import never
from bookwheel.queries.reading import readings

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

EVEN = 1e-6  # a paper's chance, summed in another order, may be less by this
BANNED = -1.0  # a chance below any line, also below 0

# Scores of one interest over the papers of a day, 6 kB each; with the taste, which must not go
# before them, because its address tells it from others.
_scores: Remembered[tuple[Taste, Floats]] = Remembered(4096)
_panels: Remembered[Panel] = Remembered(2)  # 5 kB a paper
KEPT_ROWS = 4096  # of a panel that is kept


@dataclass(frozen=True)
class Judged:
    """One value for each paper, in the order of `found`; t interests, n papers."""

    found: Contents
    papers: NDArray[np.int64]
    sources: tuple[tuple[Interest, Taste], ...]  # interests that have learned something
    scores: Floats  # [t, n]
    chances: Floats  # [t, n]
    best: NDArray[np.intp]  # [n] place of the interest that likes it most
    followed: Followed
    by_author: Mask  # an author is followed
    mine: Mask  # at or above the reader's line, or followed; all, where there is nothing to go by
    hidden: Mask  # by the reader, or by all their tags' filters
    done: Mask  # of `mine`: read, for later, kept or hidden
    line: float
    interests: int  # also those that have nothing learned, because no paper of theirs is indexed

    @property
    def ranked(self) -> bool:
        """Whether there is anything to go by: an interest, an author, a search."""
        return bool(self.sources or self.followed.wanted)

    @cached_property
    def places(self) -> dict[str | None, int]:
        """Place of each interest, by the number of its tag; that of likes without one by None."""
        return {
            str(interest.tag.pk) if interest.tag else None: place
            for place, (interest, _) in enumerate(self.sources)
        }

    @property
    def chance(self) -> Floats:
        """The best chance of each paper."""
        best: Floats = self.chances.max(axis=0, initial=0.0)
        return best


def reaches(chances: Floats, line: float) -> Mask:
    """Which chances are at or above a line."""
    above: Mask = chances >= line - EVEN
    return above


def judge(opened: Engine, reader: Reader, found: Contents) -> Judged:
    """Judge all papers of some days."""
    mine = interests(reader)
    learned = zip(mine, tastes_of(opened, mine), strict=True)
    sources = tuple((interest, taste) for interest, taste in learned if taste.vector is not None)
    scores = _scored(opened, [taste for _, taste in sources], found)
    chances = np.zeros_like(scores)
    for place, (_, taste) in enumerate(sources):
        chances[place] = taste.probability(scores[place])
    banned = _ban(opened, sources, found, chances)
    papers = opened.columns.papers[found.rows]
    follows = followed(opened, reader, found)
    by_author = np.isin(papers, list(follows.authors))
    wanted = by_author | np.isin(papers, list(follows.searches))
    best = chances.max(axis=0, initial=-1.0 if sources else 0.0)
    wanted |= reaches(best, reader.line)
    if not sources and not follows.wanted:
        wanted[:] = True
    is_hidden, done = _state(opened, reader, found, papers, wanted)
    return Judged(
        found=found,
        papers=papers,
        sources=sources,
        scores=scores,
        chances=chances,
        best=chances.argmax(axis=0) if len(sources) else np.zeros(len(papers), np.intp),
        followed=follows,
        by_author=by_author,
        mine=wanted,
        hidden=is_hidden | (banned & ~wanted),
        done=done,
        line=reader.line,
        interests=len(mine),
    )


def _scored(opened: Engine, tastes: list[Taste], found: Contents) -> Floats:
    """Scores [t, n], remembered for each taste: a like changes that of its own tag only."""

    def make(keys: list[tuple[object, int]]) -> list[tuple[Taste, Floats]]:
        new = [by_id[number] for _, number in keys]
        return list(zip(new, _panel(opened, found).scores(new), strict=True))

    by_id = {id(taste): taste for taste in tastes}
    rows = [row for _, row in _scores.get_all([(found.key, number) for number in by_id], make)]
    places = {number: place for place, number in enumerate(by_id)}
    order = [places[id(taste)] for taste in tastes]
    return np.array(rows, np.float32).reshape(len(rows), len(found.rows))[order]


def _panel(opened: Engine, found: Contents) -> Panel:
    if len(found.rows) > KEPT_ROWS:
        return exact.panel(opened, found.rows)
    return _panels.get(found.key, lambda: exact.panel(opened, found.rows))


def _ban(
    opened: Engine,
    sources: tuple[tuple[Interest, Taste], ...],
    found: Contents,
    chances: Floats,
) -> Mask:
    """Take the chance from what an interest never wants; what none of them wants."""
    banned = np.zeros(chances.shape, np.bool_)
    for place, (interest, _) in enumerate(sources):
        mask = never(opened, interest.steering)
        if mask is not None:
            banned[place] = mask[found.rows]
    chances[banned] = BANNED
    # Nobody is recommended what its authors took back; it stays in the day's list, and if followed.
    chances[:, (opened.columns.flags[found.rows] & WITHDRAWN) != 0] = BANNED
    return np.logical_and.reduce(banned) if sources else np.zeros(len(found.rows), np.bool_)


def _state(
    opened: Engine, reader: Reader, found: Contents, papers: NDArray[np.int64], wanted: Mask
) -> tuple[Mask, Mask]:
    """Which papers are hidden, and which of the wanted ones the reader is through with."""
    numbers = papers[wanted].tolist()
    listed = {
        paper: day_of(day)
        for paper, day in zip(numbers, opened.columns.days[found.rows[wanted]], strict=True)
    }
    said = readings(reader, listed)
    is_hidden = np.isin(papers, list(hidden(reader)))
    through = [paper for paper, day in listed.items() if said.later(paper) or said.read(paper, day)]
    done = np.isin(papers, [*through, *kept(reader)]) | is_hidden
    return is_hidden, done & wanted
