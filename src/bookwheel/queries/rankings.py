"""Ranked hits with the interests of the reader that ranked them; several rankings made one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Taste
from bookwheel.index.engine import DEPTH
from bookwheel.index.query import Hits
from bookwheel.queries.interests import Interest


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
