"""Some rows, such as a day's, looked at all at once: scores for many tastes, authors, likeness.

Leaves out: finding rows among all of them (`engine.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bookwheel.core.taste import Taste
from bookwheel.index import scoring
from bookwheel.index.columns import Facts
from bookwheel.index.engine import Engine
from bookwheel.index.panel import Panel
from bookwheel.index.segment import WEIGHTS, Rows

ALIKE = 0.6  # cosine of words from which on two papers say nearly the same (docs/decisions/0009)


def scorer(opened: Engine, rows: NDArray[np.intp]) -> Callable[[Taste], NDArray[np.float32]]:
    """A function that gives the scores of these rows, float32 [rows], for a taste.

    Features are read once, at the first taste.
    """

    @cache
    def read() -> tuple[Rows, Facts]:
        return opened.take(rows), opened.columns.facts(rows)

    def score(taste: Taste) -> NDArray[np.float32]:
        parts = scoring.parts(taste, *read())
        return sum(parts.values(), np.zeros(len(rows), np.float32))

    return score


def panel(opened: Engine, rows: NDArray[np.intp]) -> Panel:
    """These rows, ready for many tastes at once."""
    return Panel(opened.take(rows), opened.columns.facts(rows))


def by_authors(opened: Engine, keys: NDArray[np.int32]) -> NDArray[np.intp]:
    """All rows, dead ones included, by any author with one of these hashes, ascending."""
    ones = np.ones(len(keys), np.float32)
    found = np.zeros(opened.rows, np.float32)
    for part in opened.segments:
        part.add_authors(keys, ones, found[part.start : part.stop])
    return np.flatnonzero(found)


def leaders(opened: Engine, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each row the place of the first one that says nearly the same, or its own: intp [n].

    Makes all pairs: for some hundred rows, not for a day's.
    """
    features = opened.take(rows)
    shape = (len(rows), int(features.features.max(initial=0)) + 1)
    words = csr_array((WEIGHTS[features.weights], features.features, features.starts), shape=shape)
    alike = (words @ words.T).toarray() >= ALIKE
    np.fill_diagonal(alike, True)
    lead = np.arange(len(rows))
    for place in range(len(rows)):
        first = int(alike[place, : place + 1].argmax())
        lead[place] = lead[first]
    return lead
