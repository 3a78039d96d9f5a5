"""One question to the ranking engine, and its answer.

A search, "papers like this", a reader's taste and the assistant's retrieval are all a `Query`:
what the words say, weighted features, a vector, filters, and how many hits are wanted.
Leaves out: how text becomes a `Search` (`syntax.py`) and how it is all computed (`engine.py`).
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Taste
from bookwheel.index.syntax import Search


@dataclass(frozen=True)
class Filters:
    """Which rows may be answered at all. Days are counted from 1970-01-01, both ends included."""

    first_day: int | None = None  # announced on or after
    last_day: int | None = None  # announced on or before
    categories: tuple[
        str, ...
    ] = ()  # any of these; an archive ("cs", "math") means all its classes
    only: NDArray[np.int64] | None = None  # paper numbers, if just these may be answered
    without: NDArray[np.int64] | None = None  # paper numbers that must not be answered
    standing: bool = False  # only papers that their authors did not withdraw
    first_versions: bool = False  # only papers that were never replaced
    never: NDArray[np.uint8] | None = None  # rows that a taste must not answer, packed bits


@dataclass(frozen=True)
class Query:
    """What is wanted. Every part is optional; with none, papers come newest first."""

    search: Search | None = None
    taste: Taste | None = None
    filters: Filters = field(default_factory=Filters)
    offset: int = 0
    k: int = 25
    sort: str = "score"  # or "date", or "random"
    seed: int = 0  # makes a random order repeatable

    def key(self) -> bytes:
        """Equal for queries that differ in nothing but the page wanted."""
        wanted = (self.search, self.taste, self.filters, self.sort, self.seed)
        return blake2b(pickle.dumps(wanted)).digest()


@dataclass(frozen=True)
class Hits:
    """The answer, best first. All arrays have length n <= k.

    `parts` maps a signal ("lexical", "vector", "terms", "authors", "categories", "years") to what
    it added to each score; the parts of a hit sum to its score.
    """

    papers: NDArray[np.int64]  # paper numbers in the database
    rows: NDArray[np.int64]
    scores: NDArray[np.float32]
    parts: dict[str, NDArray[np.float32]]
    total: int  # how many papers could be paged through
    took: float  # seconds inside the engine

    def pick(self, part: slice | NDArray[np.bool_]) -> Hits:
        """Some of the hits; the total stays."""
        return replace(
            self,
            papers=self.papers[part],
            rows=self.rows[part],
            scores=self.scores[part],
            parts={name: values[part] for name, values in self.parts.items()},
        )
