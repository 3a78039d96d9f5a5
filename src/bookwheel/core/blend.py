"""Several tastes made one, and evidence of unequal weight as several sets of equal weight.

A taste is linear, so a weighted mean of tastes is a taste, and its scores are the mean of theirs.
Leaves out: fitting (`taste.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Taste

Floats = NDArray[np.float32]


def blend(parts: Sequence[tuple[float, Taste]]) -> Taste:
    """The mean of tastes, each with its weight; those that learned nothing are left out."""
    known = [(weight, taste) for weight, taste in parts if weight > 0 and taste.vector is not None]
    total = sum(weight for weight, _ in known)
    if len(known) < 2:
        return known[0][1] if known else Taste()
    shares = [weight / total for weight, _ in known]
    tastes = [taste for _, taste in known]
    features, words = _summed(shares, [(one.features, one.feature_weights) for one in tastes])
    authors, by_author = _summed(shares, [(one.authors, one.author_weights) for one in tastes])
    codes, by_code = _summed(shares, [(one.categories, one.category_weights) for one in tastes])
    vectors = np.array([one.vector for one in tastes], np.float32)
    return replace(
        tastes[0],
        features=features,
        feature_weights=words,
        authors=authors,
        author_weights=by_author,
        categories=codes,
        category_weights=by_code,
        year_weights=_years(shares, [one.year_weights for one in tastes]),
        vector=np.asarray(shares, np.float32) @ vectors,
        vector_bias=_mean(shares, [one.vector_bias for one in tastes]),
        feature_bias=_mean(shares, [one.feature_bias for one in tastes]),
        middle=_mean(shares, [one.middle for one in tastes]),
        slope=1 / _mean(shares, [1 / one.slope for one in tastes]),
    )


def _years(shares: Sequence[float], parts: Sequence[Floats]) -> Floats:
    """Weighted sum; a taste without years adds nothing to any."""
    known = [np.float32(share) * one for share, one in zip(shares, parts, strict=True) if len(one)]
    return np.sum(known, axis=0, dtype=np.float32) if known else np.empty(0, np.float32)


def _mean(shares: Sequence[float], values: Sequence[float]) -> float:
    return sum(share * value for share, value in zip(shares, values, strict=True))


def _summed(
    shares: Sequence[float], parts: Sequence[tuple[NDArray[np.int32], Floats]]
) -> tuple[NDArray[np.int32], Floats]:
    """Keys of all parts, ascending, and the weighted sum of the weights of each."""
    keys, places = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    scaled = [
        np.float32(share) * weights for share, (_, weights) in zip(shares, parts, strict=True)
    ]
    sums = np.bincount(places, np.concatenate(scaled), minlength=len(keys))
    return keys.astype(np.int32), sums.astype(np.float32)


def even_sets(weights: Sequence[float]) -> list[tuple[float, NDArray[np.intp]]]:
    """Split weighted evidence into sets, each evenly weighted in itself: (weight, places).

    Every place is in all sets down to its own weight, so that a mean over each set, and then over
    the sets by weight, is the mean by the weights given. Places of weight 0 are in none.
    """
    given = np.asarray(weights, np.float64)
    steps = np.unique(given[given > 0])
    made = []
    for step, below in zip(steps, np.append(0.0, steps), strict=False):
        places = np.flatnonzero(given >= step)
        made.append((float(step - below) * len(places), places))
    return made
