"""Judging rankings: from some likes out of a list that somebody keeps, how well is the rest found.

Every method ranks the same papers from the same likes, so that they can be compared in pairs. All
that is measured on one list is averaged first: lists are what is drawn anew for the intervals.
Leaves out: the methods (`rankings.py`).
"""

from __future__ import annotations

import time
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from bookwheel.bench.measured import Measured, compare, means
from bookwheel.bench.papers import Papers
from bookwheel.bench.rankings import YARDSTICK, Fitted, HidingMethod, Method, Positions
from bookwheel.bench.report import Row, Value
from bookwheel.core import metrics

DEPTH = 100
OTHERS = 20_000  # papers that are on no list, drawn once, that listed ones should score above


@dataclass(frozen=True)
class Trial:
    """One draw of likes from one list; the rest of it is relevant. All are positions."""

    name: str
    likes: Positions
    relevant: Positions
    hides: Positions = field(default_factory=lambda: np.empty(0, np.intp))


def trials(
    lists: Mapping[str, Sequence[str]],
    papers: Papers,
    *,
    likes: Sequence[int],
    draws: int,
    seed: int,
) -> list[Trial]:
    """All draws from all lists: the first of every list, then the second, and so on.

    What is drawn from a list depends on the seed, its name and its papers that are held, not on
    other lists. A list needs one paper more than there are likes. More likes hold the fewer.
    """
    held = {name: _held(ids, papers) for name, ids in lists.items()}
    return [
        Trial(name, order[:count], np.sort(order[count:]))
        for draw in range(draws)
        for name, listed in held.items()
        for order in [np.random.default_rng(_seeds(seed, name, draw)).permutation(listed)]
        for count in likes
        if count < len(listed)
    ]


def _held(ids: Sequence[str], papers: Papers) -> Positions:
    return np.array(sorted(papers.position[one] for one in ids if one in papers.position), np.intp)


def _seeds(seed: int, name: str, draw: int) -> list[int]:
    return [seed, zlib.crc32(name.encode()), draw]


class Recommending:
    """A run over trials. What was done so far can be asked for at any time."""

    def __init__(
        self,
        methods: Mapping[str, Method],
        papers: Papers,
        *,
        seed: int,
        hiding: Mapping[str, HidingMethod] | None = None,
        against: Mapping[str, str] | None = None,
    ) -> None:
        """`hiding` are methods that are given a trial's hides too.

        A method is compared with the one that `against` names for it, else with the yardstick.
        """
        self._methods, self._hiding, self._against = methods, hiding or {}, against or {}
        drawn = np.random.default_rng(seed).permutation(len(papers))[:OTHERS]
        self._others: Positions = np.sort(drawn)
        self._done: dict[tuple[str, int], Measured] = defaultdict(Measured)

    def run(self, trials: Sequence[Trial]) -> Iterator[int]:
        """Judge all methods on each trial; yields how many trials were done."""
        for done, trial in enumerate(trials, 1):
            judged = {name: self._judge(fit, trial) for name, fit in self._methods.items()}
            for name, hiding in self._hiding.items():
                judged[name] = self._judge(partial(hiding, hides=trial.hides), trial)
            for name, measures in judged.items():  # of all methods or, when stopped, of none
                self._done[name, len(trial.likes)].add(trial.name, measures)
            yield done

    def _judge(self, fit: Method, trial: Trial) -> dict[str, float]:
        started = time.perf_counter()
        fitted = fit(trial.likes)
        best = fitted.best(DEPTH)
        took = time.perf_counter() - started
        gains = np.isin(best, trial.relevant)
        ideal = np.ones(len(trial.relevant))
        return {
            f"ndcg@{DEPTH}": metrics.ndcg(gains, ideal, DEPTH),
            f"recall@{DEPTH}": metrics.recall(gains, len(trial.relevant), DEPTH),
            "auc": self._auc(fitted, trial),
            "ms": 1000 * took,
        }

    def _auc(self, fitted: Fitted, trial: Trial) -> float:
        listed = np.concatenate([trial.likes, trial.relevant])
        others = self._others[~np.isin(self._others, listed)]
        return metrics.auc(fitted.scores(trial.relevant), fitted.scores(others))

    def rows(self) -> list[Row]:
        """A row for each method and number of likes."""
        made: list[Row] = []
        for (name, likes), measured in sorted(self._done.items(), key=lambda item: item[0][1]):
            row: dict[str, Value] = {"method": name, "likes": likes}
            row |= means(measured) | {"lists": len(measured), "rankings": measured.count}
            other = self._against.get(name, YARDSTICK)
            if name != other and (yardstick := self._done.get((other, likes))):
                row |= compare(measured, yardstick, name=other)
            made.append(row)
        return made
