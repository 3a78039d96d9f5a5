"""What was measured of one method, by case, and the rows that come of it.

Leaves out: the measures themselves (`core/metrics.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bookwheel.bench.report import AGAINST, GAIN, Value
from bookwheel.core.metrics import Interval, bootstrap, paired_bootstrap

TIME = "ms"  # its median is told, of all times; everything else gets a mean with an interval


class Measured:
    """Values of each measure for each case: a list that is kept, or a question."""

    def __init__(self) -> None:
        self._cases: dict[str, list[Mapping[str, float]]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._cases)

    @property
    def count(self) -> int:
        """How often was measured."""
        return sum(map(len, self._cases.values()))

    @property
    def names(self) -> list[str]:
        """The measures."""
        return list(next(iter(self._cases.values()))[0]) if self._cases else []

    def add(self, case: str, measures: Mapping[str, float]) -> None:
        """Keep what was measured once."""
        self._cases[case].append(measures)

    def by_case(self, name: str) -> NDArray[np.float64]:
        """Mean of a measure for each case, in the order in which they were first met."""
        return np.array([np.mean([one[name] for one in case]) for case in self._cases.values()])

    def all_of(self, name: str) -> NDArray[np.float64]:
        """Every value of a measure."""
        return np.array([one[name] for case in self._cases.values() for one in case])


def means(measured: Measured) -> dict[str, Value]:
    """Each measure's mean and interval over cases, and the median time."""
    row: dict[str, Value] = {}
    for name in measured.names:
        if name == TIME:
            row[name] = float(np.median(measured.all_of(name)))
        else:
            row |= _spread(name, bootstrap(measured.by_case(name)))
    return row


def compare(ours: Measured, theirs: Measured, *, name: str) -> dict[str, Value]:
    """What one method has more than the yardstick called `name`, with intervals of the pairs."""
    row: dict[str, Value] = {AGAINST: name}
    for measure in ours.names:
        if measure != TIME:
            pairs = paired_bootstrap(ours.by_case(measure), theirs.by_case(measure))
            row |= _spread(measure + GAIN, pairs)
    return row


def _spread(name: str, interval: Interval) -> dict[str, Value]:
    return {name: interval.mean, f"{name}_low": interval.low, f"{name}_high": interval.high}
