"""Ranked hits with the interests of the reader that ranked them; several rankings made one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Taste
from bookwheel.index import exact, masks
from bookwheel.index.engine import DEPTH, Engine
from bookwheel.index.query import Filters, Hits
from bookwheel.queries.interests import Interest

FOLDED = 200  # papers of a list among which near-identical ones are folded


@dataclass(frozen=True)
class Ranking:
    """Hits, each with the interest that put it there (in `sources`) and a chance, 0 to 1."""

    hits: Hits
    sources: tuple[tuple[Interest | None, Taste], ...]
    source: NDArray[np.intp]
    chances: NDArray[np.float32]

    @classmethod
    def of(cls, interest: Interest | None, taste: Taste, hits: Hits) -> Ranking:
        """The ranking of one interest, or (None) of a taste that is nobody's."""
        chances = taste.probability(hits.scores)
        return cls(hits, ((interest, taste),), np.zeros(len(hits.rows), np.intp), chances)

    def pick(self, part: slice | NDArray[np.bool_]) -> Ranking:
        """Some of the hits."""
        hits = self.hits.pick(part)
        return Ranking(hits, self.sources, self.source[part], self.chances[part])


def merge(rankings: list[Ranking]) -> Ranking:
    """The best over several interests, each paper once, for the interest that likes it most."""
    chances = np.concatenate([ranking.chances for ranking in rankings])
    sources = np.concatenate(
        [np.full(len(ranking.chances), place) for place, ranking in enumerate(rankings)]
    )
    papers = np.concatenate([ranking.hits.papers for ranking in rankings])
    scores = np.concatenate([ranking.hits.scores for ranking in rankings])
    order = np.lexsort((-papers, -scores, -chances))
    _, first = np.unique(papers[order], return_index=True)
    order = order[np.sort(first)][:DEPTH]
    hits = Hits(
        papers=papers[order],
        rows=np.concatenate([ranking.hits.rows for ranking in rankings])[order],
        scores=scores[order],
        parts={},
        total=len(order),
        took=sum(ranking.hits.took for ranking in rankings),
    )
    known = tuple(source for ranking in rankings for source in ranking.sources)
    return Ranking(hits, known, sources[order], chances[order])


def meet(opened: Engine, rankings: list[Ranking], *filters: Filters) -> Ranking:
    """What is good for all of several interests: ordered by the chance for the least pleased."""
    rows = np.unique(np.concatenate([ranking.hits.rows for ranking in rankings]))
    for each in filters:
        rows = rows[masks.allowed(opened.columns, each)[rows]]
    score = exact.scorer(opened, rows)
    tastes = [taste for ranking in rankings for _, taste in ranking.sources]
    scores = np.stack([score(taste) for taste in tastes])
    chances = np.stack([taste.probability(one) for taste, one in zip(tastes, scores, strict=True)])
    least = chances.argmin(axis=0)
    every = np.arange(len(rows))
    papers = opened.columns.papers[rows]
    order = np.lexsort((-papers, -scores[least, every], -chances[least, every]))[:DEPTH]
    hits = Hits(
        papers=papers[order],
        rows=rows[order],
        scores=scores[least, every][order],
        parts={},
        total=len(order),
        took=sum(ranking.hits.took for ranking in rankings),
    )
    known = tuple(source for ranking in rankings for source in ranking.sources)
    return Ranking(hits, known, least[order], chances[least, every][order])


def fold(opened: Engine, ranking: Ranking) -> tuple[Ranking, dict[int, list[int]]]:
    """Leave out what says nearly the same as one before it: number of that one -> numbers of these.

    Of the first `FOLDED` only; those that come after are hardly ever seen.
    """
    rows = ranking.hits.rows
    lead = np.arange(len(rows))
    lead[:FOLDED] = exact.leaders(opened, rows[:FOLDED])
    kept: NDArray[np.bool_] = lead == np.arange(len(rows))
    under: dict[int, list[int]] = {}
    papers = ranking.hits.papers.tolist()
    for place in np.flatnonzero(~kept).tolist():
        under.setdefault(papers[lead[place]], []).append(papers[place])
    shown = ranking.pick(kept)
    return replace(shown, hits=replace(shown.hits, total=int(kept.sum()))), under
