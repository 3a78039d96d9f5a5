"""What the assistant must know of the papers, and what it may look through.

The one implementation for the database is in `queries/asking.py`; tests and the bench have others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.quotes import Edition


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look. The first of papers, tag and library that is given; else in all papers."""

    papers: tuple[str, ...] = ()  # arXiv identifiers
    tag: str = ""  # name of one of the reader's tags
    library: bool = False  # all that the reader liked, tagged or put aside


@dataclass(frozen=True, slots=True)
class Days:
    """A period, ISO 8601, both ends included; empty ends are open."""

    first: str = ""
    last: str = ""

    def __bool__(self) -> bool:
        return bool(self.first or self.last)


ALWAYS = Days()


@dataclass(frozen=True, slots=True)
class Passage:
    """Place of a passage of full text that was found by search: a block of an edition."""

    paper: str
    block: str
    score: float


class Language(Protocol):
    """What is known of words from all papers."""

    def rarity(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Of each word ln((N + 1) / (n + 1)), n being the papers that have it: float32 [words]."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, each one unit long: float32 [n, dimensions]."""
        ...


class Retriever(Language, Protocol):
    """The papers of one scope."""

    @property
    def size(self) -> int:
        """How many papers may be answered from."""
        ...

    @property
    def today(self) -> date:
        """The newest day held, from which "this month" is counted."""
        ...

    @property
    def named(self) -> tuple[str, ...]:
        """Papers that the scope names one by one, few; empty for tags, libraries, all."""
        ...

    def search(self, query: str, k: int, days: Days = ALWAYS) -> Sequence[str]:
        """Papers that bear on a query, best first."""
        ...

    def newest(self, k: int, days: Days) -> Sequence[str]:
        """Papers of a period, newest first."""
        ...

    def passages(self, query: str, k: int, papers: Sequence[str] = ()) -> Sequence[Passage]:
        """Passages of full text, best first, of some papers or of all in the scope."""
        ...

    def editions(self, papers: Sequence[str]) -> Sequence[Edition]:
        """The newest held version of each, in this order; those not held are left out."""
        ...
