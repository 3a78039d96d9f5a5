"""A few papers of a day from beyond the line, unlike what is above it and unlike each other.

They are what tags cannot know of yet. Leaves out: how they are marked (`web/`).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bookwheel.index.engine import Engine
from bookwheel.index.vectors import restore
from bookwheel.queries.announced import NEW
from bookwheel.queries.judged import Judged

MOST = 5
ENOUGH = 5  # papers; where fewer are above the line, the best below it make up for them
POOL = 80  # papers below the line with the best chances, from which they are taken
SHOWN = 50  # papers above the line that they are to be unlike


def to_explore(opened: Engine, judged: Judged, percent: int) -> NDArray[np.intp]:
    """Places of the papers to explore, the best first; at least one where there are any.

    A day's list that would be short, or empty, gets as many more as make it `ENOUGH`.
    """
    nothing = np.empty(0, np.intp)
    if not percent or not judged.sources:
        return nothing
    above = np.flatnonzero(judged.mine & ~judged.hidden)
    open_ones = ~judged.mine & ~judged.hidden & (judged.found.sections == NEW)
    below = np.flatnonzero(open_ones & (judged.chance > 0))
    if not len(below):
        return nothing
    share = math.ceil(len(above) * percent / 100)
    count = min(max(share, 1, ENOUGH - len(above)), MOST)
    chances = judged.chance
    pool = below[np.argsort(-chances[below], kind="stable")[:POOL]]
    shown = above[np.argsort(-chances[above], kind="stable")[:SHOWN]]
    return pool[
        _spread(
            _vectors(opened, judged, pool), chances[pool], count, _vectors(opened, judged, shown)
        )
    ]


def _vectors(opened: Engine, judged: Judged, places: NDArray[np.intp]) -> NDArray[np.float32]:
    taken = opened.take(judged.found.rows[places])
    return restore(taken.codes, taken.scales)


def _spread(
    vectors: NDArray[np.float32],
    chances: NDArray[np.float32],
    count: int,
    shown: NDArray[np.float32],
) -> list[int]:
    """Places one by one, each likely and unlike all before it (maximal marginal relevance)."""
    nearest = (vectors @ shown.T).max(axis=1, initial=0.0)
    chosen: list[int] = []
    for _ in range(min(count, len(vectors))):
        worth = chances * (1 - nearest).clip(0)
        worth[chosen] = -1
        at = int(worth.argmax())
        chosen.append(at)
        nearest = np.maximum(nearest, vectors @ vectors[at])
    return chosen
