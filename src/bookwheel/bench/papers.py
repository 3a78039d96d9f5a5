"""The papers that a run ranks, whatever they come from.

They are known here by their position, from 0, in the order of their numbers. Their text is read
anew each time it is needed, so that all of arXiv need not fit into memory.
Leaves out: where they come from (`installed.py`, `beir.py`) and the index over them (`indexes.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.index.writer import IndexedPaper


@dataclass(frozen=True)
class Papers:
    """Papers in the order of their numbers; `read` gives them all, each time from the start.

    `index` is a folder whose index holds all of them but `added`, and no others.
    """

    ids: Sequence[str]
    numbers: NDArray[np.int64]  # ascending
    read: Callable[[], Iterator[IndexedPaper]]
    index: Path | None = None
    added: Sequence[IndexedPaper] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each paper stands, by identifier."""
        return {name: place for place, name in enumerate(self.ids)}

    def positions(self, numbers: NDArray[np.int64]) -> NDArray[np.intp]:
        """Positions of papers by their numbers; of others, indexed meanwhile, there is none."""
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self) - 1)
        held: NDArray[np.intp] = places[self.numbers[places] == numbers]
        return held

    def texts(self) -> Iterator[str]:
        """Title and abstract of each, as yardsticks get them: each once."""
        return (f"{paper.title}\n{paper.abstract}" for paper in self.read())


def collection(papers: Sequence[IndexedPaper]) -> Papers:
    """Papers that are all in memory, in the order of their numbers."""
    numbers = np.array([paper.number for paper in papers], np.int64)
    return Papers([paper.arxiv_id for paper in papers], numbers, lambda: iter(papers))
