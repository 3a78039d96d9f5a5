"""Measures of rankings, and how sure one can be of their means.

A ranking is given as the gains of its papers, best rank first: 1 for a relevant paper and 0 for any
other, or grades. Leaves out: what is ranked and who judges (`bench/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 2000
LEVEL = 0.95

Doubles = NDArray[np.float64]


def ndcg(gains: ArrayLike, relevant: ArrayLike, depth: int) -> float:
    """Discounted gain of the first `depth`, against that of the best order; 0 if none is relevant.

    `relevant` are the gains of all that could be found. Gains count as they are, as in trec_eval
    (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002).
    """
    best = _discounted(np.sort(np.asarray(relevant, np.float64))[::-1], depth)
    return _discounted(np.asarray(gains, np.float64), depth) / best if best else 0.0


def _discounted(gains: Doubles, depth: int) -> float:
    first = gains[:depth]
    return float(first @ (1 / np.log2(np.arange(2, len(first) + 2))))


def recall(gains: ArrayLike, relevant: int, depth: int) -> float:
    """Share of the `relevant` papers that stand among the first `depth`; 0 if there are none."""
    found = np.count_nonzero(np.asarray(gains)[:depth])
    return found / relevant if relevant else 0.0


def mrr(gains: ArrayLike) -> float:
    """One over the rank of the first relevant paper; 0 if there is none (Voorhees, TREC-8, 1999).

    The mean of this over questions is the measure's name.
    """
    places = np.flatnonzero(np.asarray(gains))
    return 1 / (int(places[0]) + 1) if len(places) else 0.0


def auc(relevant: ArrayLike, others: ArrayLike) -> float:
    """Chance that a relevant paper scores above another; a tie is half (Mann and Whitney, 1947).

    Takes scores. NaN when either side is empty.
    """
    ours, theirs = np.asarray(relevant), np.sort(np.asarray(others))
    if not len(ours) or not len(theirs):
        return float("nan")
    below = np.searchsorted(theirs, ours, side="left")
    not_above = np.searchsorted(theirs, ours, side="right")
    return float((below + not_above).mean() / (2 * len(theirs)))


@dataclass(frozen=True)
class Interval:
    """A mean and the interval that holds it, with all that is known, at `LEVEL`."""

    mean: float
    low: float
    high: float


def bootstrap(values: ArrayLike, *, seed: int = 0) -> Interval:
    """Mean of independent values and its percentile interval (Efron, 1979).

    Values that belong together (several draws from one list) must be averaged before. NaN if there
    are none; with one value the interval is that value.
    """
    sample = np.asarray(values, np.float64)
    if not len(sample):
        return Interval(float("nan"), float("nan"), float("nan"))
    random = np.random.default_rng(seed)
    means = np.array([_resampled(sample, random) for _ in range(RESAMPLES)])
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Interval(float(sample.mean()), float(low), float(high))


def _resampled(sample: Doubles, random: np.random.Generator) -> float:
    return cast("float", sample[random.integers(len(sample), size=len(sample))].mean())


def paired_bootstrap(ours: ArrayLike, theirs: ArrayLike, *, seed: int = 0) -> Interval:
    """Mean of what `ours` has more than `theirs`, measured on the same cases in the same order.

    Much narrower than what two intervals side by side suggest, as hard cases are hard for both
    (Sakai, "Evaluating evaluation metrics based on the bootstrap", 2006).

    Raises:
        ValueError: there are not as many of one as of the other.
    """
    left, right = np.asarray(ours, np.float64), np.asarray(theirs, np.float64)
    if left.shape != right.shape:
        raise ValueError(f"{len(left)} values cannot be paired with {len(right)}")
    return bootstrap(left - right, seed=seed)
