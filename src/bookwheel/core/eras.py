"""From which years the papers of an interest are, against papers in general.

People keep papers of the years in which they read, so a liked paper of 2016 speaks for others of
about that time: naive Bayes over years, as over categories. Nothing speaks against papers that are
newer than all that is liked: a reader's old papers must not hide the new ones. Weights are told
against the present year, which has 0, so that they move nothing among new papers and no chance.
Leaves out: what else makes a taste (`taste.py`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FIRST = 1986  # before arXiv; what is older counts as of this year
SPAN = 128  # years that are told apart
WIDTH = 0.6  # years around a liked paper's middle of the year, one standard deviation
DOUBT = 1.5  # papers in general that are added to the liked ones
RAREST = 5e-3  # share of a year below which it counts as no rarer
BEGUN = 0.02  # share of the last year below which it has just begun, and is like the one before


def places(years: NDArray[np.integer]) -> NDArray[np.intp]:
    """Where years stand in arrays [SPAN]."""
    return np.clip(np.asarray(years, np.intp) - FIRST, 0, SPAN - 1)


def shares(years: NDArray[np.integer]) -> Floats:
    """Share of papers in each year, float32 [SPAN]."""
    counts = np.bincount(places(years), minlength=SPAN)
    return (counts / max(len(years), 1)).astype(np.float32)


def fit(liked: NDArray[np.integer], background: Floats) -> Floats:
    """Log-odds of years, float32 [SPAN], from the years of liked papers; empty if none is known.

    `background` are shares of papers in general, float32 [SPAN].
    """
    held = background > 0
    if not len(liked) or not held.any():
        return np.empty(0, np.float32)
    theirs = _spread(places(liked), held)
    mixed = (theirs + DOUBT * background) / (len(liked) + DOUBT)
    least = DOUBT / (len(liked) + DOUBT)
    ratios = np.maximum(mixed / np.maximum(background, RAREST), least)
    weights: Floats = np.log(np.where(held, ratios, least)).astype(np.float32)
    newer = np.arange(SPAN) > places(liked).max()
    weights[newer] = np.maximum(weights[newer], 0)
    present = _present(background)
    weights[present:] = weights[present]
    weights -= weights[present]
    return weights


def _present(background: Floats) -> int:
    """Place of the last year that papers in general are from in any number."""
    return int(np.flatnonzero(background >= min(BEGUN, float(background.max())))[-1])


def _spread(liked: NDArray[np.intp], held: NDArray[np.bool_]) -> Floats:
    """How much of the liked papers falls to each year: each spread over those close to its own."""
    away = np.arange(SPAN) - liked[:, None]
    near = np.exp(-0.5 * (away / WIDTH) ** 2) * held
    sums = near.sum(axis=1, keepdims=True)
    spread: Floats = (near / np.maximum(sums, 1e-9)).sum(axis=0).astype(np.float32)
    return spread
