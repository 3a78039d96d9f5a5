"""Ways to rank papers from liked ones: our engine's, its parts alone, and what others do.

All take and give positions (`papers.py`). Leaves out: choosing the likes and judging
(`recommend.py`).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bookwheel.bench import tfidf
from bookwheel.bench.extra import load
from bookwheel.bench.papers import Papers
from bookwheel.bench.progress import Tell
from bookwheel.core.taste import Taste
from bookwheel.index import scoring
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query

Positions = NDArray[np.intp]
Scores = NDArray[np.float32]

METHODS = ("ours", "arxiv-sanity-lite", "centroid", "dense", "sparse")
YARDSTICK = "arxiv-sanity-lite"


class Fitted(Protocol):
    """What was learned from some likes."""

    def best(self, count: int) -> Positions:
        """The `count` best papers, best first, without the likes."""
        ...

    def scores(self, papers: Positions) -> Scores:
        """Exact scores of some papers."""
        ...


Method = Callable[[Positions], Fitted]


class HidingMethod(Protocol):
    """A method that is fitted to likes and hides."""

    def __call__(self, likes: Positions, hides: Positions) -> Fitted:
        """Learn."""
        ...


def methods(names: Iterable[str], engine: Engine, papers: Papers, tell: Tell) -> dict[str, Method]:
    """The methods of some names in `METHODS`, ready to be fitted to the positions of likes.

    Raises:
        InputError: what one needs is not installed, or there are too few papers for it.
    """
    matrix = None
    made: dict[str, Method] = {}
    for name in names:
        if name in _SHARES:
            made[name] = partial(_by_engine, engine, papers, _SHARES[name])
        else:
            matrix = tfidf.matrix(papers, tell) if matrix is None else matrix
            made[name] = partial(_BY_WORDS[name], matrix)
    return made


# What our engine gives a reader, whole or in parts


@dataclass(frozen=True)
class Ours:
    """Our engine, as a reader has it: what is liked or hidden is not ranked."""

    engine: Engine
    papers: Papers
    judged: NDArray[np.int64]
    taste: Taste

    @classmethod
    def fitted(
        cls, engine: Engine, papers: Papers, likes: Positions, hides: Positions | None = None
    ) -> Ours:
        """What is learned from likes and hides."""
        liked = papers.numbers[likes]
        hidden = papers.numbers[[] if hides is None else hides]
        taste = engine.taste(liked.tolist(), hidden.tolist())
        return cls(engine, papers, np.concatenate([liked, hidden]), taste)

    def best(self, count: int) -> Positions:
        """The best papers that were not judged."""
        query = Query(taste=self.taste, filters=Filters(without=self.judged), k=count)
        return self.papers.positions(self.engine.search(query).papers)

    def scores(self, papers: Positions) -> Scores:
        """Exact scores of some papers."""
        rows = self.engine.columns.rows_of(self.papers.numbers[papers])
        facts = self.engine.columns.facts(rows)
        parts = scoring.parts(self.taste, self.engine.take(rows), facts)
        return sum(parts.values(), np.zeros(len(rows), np.float32))


def _by_engine(
    engine: Engine, papers: Papers, share: Callable[[Taste], Taste], likes: Positions
) -> Fitted:
    whole = Ours.fitted(engine, papers, likes)
    return replace(whole, taste=share(whole.taste))


def _whole(taste: Taste) -> Taste:
    return taste


def _dense(taste: Taste) -> Taste:
    return Taste(vector=taste.vector, vector_bias=taste.vector_bias)


def _sparse(taste: Taste) -> Taste:
    return Taste(
        features=taste.features,
        feature_weights=taste.feature_weights,
        feature_bias=taste.feature_bias,
    )


_SHARES = {"ours": _whole, "dense": _dense, "sparse": _sparse}


# What others do: scores of all papers from one matrix of TF-IDF


@dataclass(frozen=True)
class _Scored:
    everything: Scores  # [papers]
    likes: Positions

    def best(self, count: int) -> Positions:
        others = self.everything.copy()
        others[self.likes] = -np.inf
        return np.argsort(-others, kind="stable")[: min(count, len(others) - len(self.likes))]

    def scores(self, papers: Positions) -> Scores:
        return self.everything[papers]


def _sanity_lite(matrix: Any, likes: Positions) -> Fitted:
    """A support vector machine, likes against everything else, fitted anew for each ranking."""
    machine = load("sklearn.svm").LinearSVC(
        C=0.01, class_weight="balanced", max_iter=10_000, tol=1e-6, dual=True, random_state=0
    )
    liked = np.zeros(matrix.shape[0])
    liked[likes] = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it went on with what it had when that did not converge
        machine.fit(matrix, liked)
    return _Scored(machine.decision_function(matrix).astype(np.float32), likes)


def _centroid(matrix: Any, likes: Positions) -> Fitted:
    """Cosine with the mean of the likes, up to a factor that orders nothing."""
    mean = np.asarray(matrix[likes].mean(axis=0)).ravel()
    return _Scored(np.asarray(matrix @ mean, np.float32), likes)


_BY_WORDS: dict[str, Callable[[Any, Positions], Fitted]] = {
    "arxiv-sanity-lite": _sanity_lite,
    "centroid": _centroid,
}
