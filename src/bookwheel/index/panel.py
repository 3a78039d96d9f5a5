"""Some rows, such as a day's, made ready to be scored for many tastes at once.

Scores are those of `scoring.parts`, added up, as products of matrices: a taste is a row of one, a
paper a column of the other. Sums may differ in the last digit of a float32.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bookwheel.core import eras
from bookwheel.core.taste import Taste
from bookwheel.index import vectors
from bookwheel.index.columns import Facts
from bookwheel.index.segment import WEIGHTS, Rows, author_share

Floats = NDArray[np.float32]


class Panel:
    """n rows: vectors float32 [d, n], words [features, n], authors [keys, n], categories, years."""

    def __init__(self, rows: Rows, facts: Facts) -> None:
        self._count = len(rows)
        self._vectors = vectors.restore(rows.codes, rows.scales).T
        self._words = _Turned(rows.features, WEIGHTS[rows.weights], rows.starts)
        shares = author_share(np.diff(rows.author_starts))
        each = np.repeat(shares, np.diff(rows.author_starts))
        self._authors = _Turned(rows.authors, each, rows.author_starts)
        bits = np.ascontiguousarray(facts.categories).view(np.uint8)
        self._categories = np.unpackbits(bits, axis=1, bitorder="little").astype(np.float32).T
        self._years = eras.places(facts.years)

    def __len__(self) -> int:
        return self._count

    def scores(self, tastes: Sequence[Taste]) -> Floats:
        """Scores float32 [t, n] of all rows under t tastes."""
        total = np.zeros((len(tastes), self._count), np.float32)
        if not (len(tastes) and self._count):
            return total
        total += self._words.products([(one.features, one.feature_weights) for one in tastes])
        total += _column([one.feature_bias if len(one.features) else 0.0 for one in tastes])
        total += self._authors.products([(one.authors, one.author_weights) for one in tastes])
        total += _by_category(tastes, len(self._categories)) @ self._categories
        for place, taste in enumerate(tastes):
            if len(taste.year_weights):
                total[place] += taste.year_weights[self._years]
        known = [place for place, one in enumerate(tastes) if one.vector is not None]
        if known:
            meant = np.array([tastes[place].vector for place in known], np.float32)
            dots = meant @ self._vectors
            total[known] += dots + _column([tastes[place].vector_bias for place in known])
        return total


class _Turned:
    """The entries of n rows by their keys, as the matrix [keys, n] that tastes are taken to."""

    def __init__(self, keys: NDArray[np.int32], values: Floats, starts: NDArray[np.int64]) -> None:
        self._keys, places = np.unique(keys, return_inverse=True)
        shape = (len(starts) - 1, len(self._keys))
        self._matrix = csr_array((values, places, starts), shape=shape).T.tocsr()

    def products(self, weights: Sequence[tuple[NDArray[np.int32], Floats]]) -> Floats:
        """Sum over keys of weight times value, float32 [t, n]; keys that no row has are nothing."""
        wanted = np.concatenate([keys for keys, _ in weights])
        places = np.searchsorted(self._keys, wanted)
        held = self._keys[np.minimum(places, max(len(self._keys) - 1, 0))] == wanted
        owner = np.repeat(np.arange(len(weights)), [len(keys) for keys, _ in weights])[held]
        starts = np.searchsorted(owner, np.arange(len(weights) + 1))
        values = np.concatenate([value for _, value in weights])[held]
        shape = (len(weights), len(self._keys))
        found: Floats = (csr_array((values, places[held], starts), shape) @ self._matrix).toarray()
        return found


def _by_category(tastes: Sequence[Taste], size: int) -> Floats:
    """Weights [t, size]."""
    table = np.zeros((len(tastes), size), np.float32)
    for place, taste in enumerate(tastes):
        table[place, taste.categories] = taste.category_weights
    return table


def _column(values: list[float]) -> Floats:
    return np.array(values, np.float32)[:, None]
