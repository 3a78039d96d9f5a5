"""Learning how much each signal of a taste counts, on some reading lists, checked on the others.

What a taste gives is a sum of parts, so the best papers of each ranking are ordered anew under
other factors without ranking again: coordinate search over a grid, for the mean nDCG@100. Lists are
split by their names, never their papers. Words keep their weight, as only proportions matter.
Leaves out: the parts themselves (`core/taste.py`), and which lists (`recommend.py`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from bookwheel.bench.papers import Papers
from bookwheel.bench.recommend import Trial
from bookwheel.core import metrics
from bookwheel.core.metrics import Interval
from bookwheel.core.shares import Shares
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query

DEPTH = 100
REORDERED = 1000  # best papers of each ranking that are ordered anew
FACTORS = (0.7, 0.85, 1.0, 1.2, 1.4)  # so that no oddity of one collection takes over in one step
ROUNDS = 3  # through all signals
LEAST = 0.001  # of nDCG below which a change is not taken: it would be chance
NAMES = tuple(field.name for field in fields(Shares))


@dataclass(frozen=True)
class Parts:
    """The best papers of a trial: parts [n, signals and words], which are relevant, of how many."""

    name: str
    parts: NDArray[np.float32]
    relevant: NDArray[np.bool_]
    ideal: int

    def ndcg(self, factors: Sequence[float]) -> float:
        """Of the order that the signals give with these factors."""
        scores = self.parts @ np.array([*factors, 1.0], np.float32)
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return metrics.ndcg(self.relevant[order], np.ones(self.ideal), DEPTH)


def parts(engine: Engine, papers: Papers, trials: Iterable[Trial]) -> Iterator[Parts]:
    """What each signal gave to the best papers of each trial."""
    for trial in trials:
        likes = papers.numbers[trial.likes]
        query = Query(
            taste=engine.taste(likes.tolist()), filters=Filters(without=likes), k=REORDERED
        )
        hits = engine.search(query)
        held = [hits.parts.get(name, np.zeros_like(hits.scores)) for name in (*NAMES, "terms")]
        relevant = np.isin(hits.papers, papers.numbers[trial.relevant])
        yield Parts(trial.name, np.stack(held, axis=1), relevant, len(trial.relevant))


def halves(trials: Sequence[Parts]) -> tuple[list[Parts], list[Parts]]:
    """Those to learn from and those to check on, by the names of their lists."""
    learned = [one for one in trials if zlib.crc32(one.name.encode()) % 2 == 0]
    return learned, [one for one in trials if zlib.crc32(one.name.encode()) % 2]


def learn(trials: Sequence[Parts]) -> list[float]:
    """Factors of the signals, in the order of `NAMES`, with the best mean nDCG@100."""
    factors = [1.0] * len(NAMES)
    best = _mean(trials, factors)
    for _ in range(ROUNDS):
        before = best
        for place in range(len(NAMES)):
            for factor in FACTORS:
                tried = [*factors[:place], factor, *factors[place + 1 :]]
                if (found := _mean(trials, tried)) > best + LEAST:
                    best, factors = found, tried
        if best == before:
            break
    return factors


def _mean(trials: Sequence[Parts], factors: Sequence[float]) -> float:
    return float(np.mean([trial.ndcg(factors) for trial in trials]))


def gain(trials: Sequence[Parts], factors: Sequence[float]) -> tuple[float, float, Interval]:
    """Mean nDCG@100 of lists before and with the factors, and the gain with its interval."""
    names = sorted({trial.name for trial in trials})
    before, after = (
        [np.mean([one.ndcg(some) for one in trials if one.name == name]) for name in names]
        for some in ([1.0] * len(NAMES), factors)
    )
    return (
        float(np.mean(before)),
        float(np.mean(after)),
        metrics.paired_bootstrap(np.array(after), np.array(before)),
    )


def scaled(shares: Shares, factors: Sequence[float]) -> Shares:
    """The shares, each times its factor."""
    held = asdict(shares)
    return Shares(
        **{name: held[name] * factor for name, factor in zip(NAMES, factors, strict=True)}
    )
