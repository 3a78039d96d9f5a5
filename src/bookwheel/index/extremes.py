"""The highest or lowest of millions of values, among the rows that are allowed.

Every row is compared once, with an edge that a sample of rows gives; only what passes is looked at
closer. The answer does not depend on the sample: where it misleads, all allowed rows are taken.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_STRIDE = 64  # one row in so many is in the sample
_MARGIN, _SLACK = 2, 16  # the edge lets about twice as many pass as are wanted, and some more


def highest(values: NDArray[np.float32], mask: NDArray[np.bool_], count: int) -> NDArray[np.intp]:
    """Allowed rows with the `count` highest values, ascending; of equal ones the last rows."""
    rows = _passing(values, mask, count, above=True)
    if len(rows) <= count:
        return rows
    found = values[rows]
    edge = np.partition(found, len(rows) - count)[len(rows) - count]
    over, ties = rows[found > edge], rows[found == edge]
    return np.sort(np.concatenate([over, ties[len(ties) - (count - len(over)) :]]))


def lowest(values: NDArray[np.uint16], mask: NDArray[np.bool_], count: int) -> NDArray[np.intp]:
    """Allowed rows with the `count` lowest values, ascending, and all that tie with the last."""
    rows = _passing(values, mask, count, above=False)
    if len(rows) <= count:
        return rows
    found = values[rows]
    edge = np.partition(found, count - 1)[count - 1]
    return np.asarray(rows[found <= edge])


def _passing(
    values: NDArray[Any], mask: NDArray[np.bool_], count: int, *, above: bool
) -> NDArray[np.intp]:
    """Allowed rows on the right side of an edge: at least `count` if there are so many."""
    sample = values[::_STRIDE][mask[::_STRIDE]]
    place = _MARGIN * count // _STRIDE + _SLACK
    if place < len(sample):
        place = len(sample) - 1 - place if above else place
        edge = np.partition(sample, place)[place]
        rows = np.flatnonzero(values >= edge if above else values <= edge)
        rows = rows[mask[rows]]
        if len(rows) >= count:
            return rows
    return np.flatnonzero(mask)
