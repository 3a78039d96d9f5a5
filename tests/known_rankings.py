"""Papers of which nothing matters, and a method whose order is known, to judge judges with."""

from __future__ import annotations

import numpy as np

from bookwheel.bench.papers import Papers, collection
from bookwheel.bench.rankings import Positions, Scores
from bookwheel.index.writer import IndexedPaper


def made(count: int) -> Papers:
    """Papers of which nothing matters but that they are there."""
    return collection(
        [
            IndexedPaper(n, n, f"2501.{n:05}", f"Paper {n}", "Text.", (), "cs.LG", 0, False)
            for n in range(1, count + 1)
        ]
    )


def names(*places: int) -> list[str]:
    return [f"2501.{place + 1:05}" for place in places]


class Known:
    """A method whose scores are known: papers by their position, the first best."""

    def __init__(self, papers: Papers, shift: int = 0) -> None:
        self.order = np.roll(np.arange(len(papers)), shift)

    def __call__(self, likes: Positions) -> Known:
        self.likes = likes
        return self

    def best(self, count: int) -> Positions:
        return self.order[~np.isin(self.order, self.likes)][:count]

    def scores(self, papers: Positions) -> Scores:
        return -np.argsort(self.order)[papers].astype(np.float32)
