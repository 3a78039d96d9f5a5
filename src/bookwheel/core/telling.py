"""Which two papers to ask a reader about, so that the answer tells most (active learning).

A pair tells much when its papers differ, when what is known cannot say which is better, when either
may be wanted, and when each stands for many others: an answer about an oddity teaches little
(Settles, "Active learning literature survey", 2009: uncertainty, and density to weigh it).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FLOOR = 0.1  # what a pair tells of which neither paper is likely to be wanted


def most_telling(
    vectors: NDArray[np.float32], chances: NDArray[np.float32], count: int = 1
) -> list[tuple[int, int]]:
    """Pairs of places, the best first; no paper is in two of them.

    `vectors` [n, d] are unit vectors, `chances` [n] what is known so far, 0 to 1. Makes all pairs:
    for some hundred papers.
    """
    if len(vectors) < 2:
        return []
    cosines = vectors @ vectors.T
    stands_for = cosines.mean(axis=1).clip(0)
    apart = (1 - cosines).clip(0)
    undecided = 1 - np.abs(chances[:, None] - chances[None, :])
    wanted = FLOOR + (chances[:, None] + chances[None, :]) / 2
    value = apart * undecided * wanted * (stands_for[:, None] + stands_for[None, :])
    value[np.tril_indices(len(value))] = -1
    found: list[tuple[int, int]] = []
    while len(found) < count and value.max() >= 0:
        one, other = (int(at) for at in np.unravel_index(int(value.argmax()), value.shape))
        found.append((one, other))
        for at in (one, other):
            value[at, :] = value[:, at] = -1
    return found
