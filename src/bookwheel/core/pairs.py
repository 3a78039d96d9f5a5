"""Pairs of texts that belong together, for training: what an encoder should hold to be alike.

Three kinds: a title and its abstract; a stretch of an abstract and all the rest of its paper; two
papers that share a rare author. Half of a batch is from one category, small categories as often as
large ones nearly, so that a pair has to be told from its closest strangers.
Leaves out: what is learned from pairs (`training.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.text import paper_text

KINDS = ("titles", "stretches", "authors")
CHANCES = (0.5, 0.25, 0.25)  # of each kind to be the next batch
ALIKE = 0.5  # of a batch from one category
EVENNESS = 0.3  # a category is drawn in proportion to its size to this power
STRETCH = (8, 25)  # words in a stretch, at least and less than
RARE = (2, 10)  # papers that a rare author has, at least and at most
COAUTHORS = 12  # at most; who shares a longer list shares little else

Texts = list[str]


@dataclass(frozen=True)
class Library:
    """Papers to learn from, one entry each in all four."""

    titles: Sequence[str]
    abstracts: Sequence[str]
    categories: Sequence[str]  # the primary one
    authors: Sequence[Sequence[str]]  # names that tell people apart, given names included

    def __len__(self) -> int:
        return len(self.titles)

    def text(self, row: int) -> str:
        """Join what a paper is encoded from."""
        return paper_text(self.titles[row], self.abstracts[row])

    @cached_property
    def by_category(self) -> list[NDArray[np.int64]]:
        """Rows of each category."""
        _, numbers = np.unique(np.array(self.categories), return_inverse=True)
        order = np.argsort(numbers, kind="stable")
        return np.split(order, np.cumsum(np.bincount(numbers))[:-1])

    @cached_property
    def chances(self) -> NDArray[np.float64]:
        """How likely each category is drawn."""
        sizes = np.array([len(rows) for rows in self.by_category], np.float64) ** EVENNESS
        return np.asarray(sizes / sizes.sum())

    @cached_property
    def by_author(self) -> list[list[int]]:
        """Rows of each rare author."""
        found: dict[str, list[int]] = defaultdict(list)
        for row, names in enumerate(self.authors):
            if len(names) <= COAUTHORS:
                for name in names:
                    found[name].append(row)
        return [rows for rows in found.values() if RARE[0] <= len(rows) <= RARE[1]]


def draw(
    library: Library, size: int, random: np.random.Generator
) -> tuple[str, tuple[Texts, Texts]]:
    """Draw a batch: its kind, and about `size` texts with the text that belongs to each."""
    kind = KINDS[int(random.choice(len(KINDS), p=CHANCES))]
    if kind == "authors" and not library.by_author:
        kind = "titles"
    makers: dict[str, Callable[[Library, int, np.random.Generator], tuple[Texts, Texts]]] = {
        "titles": _titles,
        "stretches": _stretches,
        "authors": _authors,
    }
    return kind, makers[kind](library, size, random)


def _rows(library: Library, size: int, random: np.random.Generator) -> list[int]:
    """Draw different papers, some of them from one category."""
    alike = library.by_category[int(random.choice(len(library.chances), p=library.chances))]
    some = random.choice(alike, min(int(size * ALIKE), len(alike)), replace=False)
    others = random.integers(0, len(library), size - len(some))
    return [int(row) for row in np.unique(np.concatenate([some, others]))]


def _titles(library: Library, size: int, random: np.random.Generator) -> tuple[Texts, Texts]:
    rows = _rows(library, size, random)
    return [library.titles[row] for row in rows], [library.abstracts[row] for row in rows]


def _stretches(library: Library, size: int, random: np.random.Generator) -> tuple[Texts, Texts]:
    stretches, rests = [], []
    for row in _rows(library, size, random):
        words = library.abstracts[row].split()
        length = min(int(random.integers(*STRETCH)), len(words) // 2)
        start = int(random.integers(0, len(words) - length + 1))
        stretches.append(" ".join(words[start : start + length]))
        # Apart at the gap, so that no pair of words forms across it.
        rest = " ".join(words[:start]) + " . " + " ".join(words[start + length :])
        rests.append(f"{library.titles[row]}\n{rest}")
    return stretches, rests


def _authors(library: Library, size: int, random: np.random.Generator) -> tuple[Texts, Texts]:
    left, right = [], []
    for place in random.integers(0, len(library.by_author), size).tolist():
        rows = library.by_author[place]
        one, other = random.choice(len(rows), 2, replace=False).tolist()
        left.append(library.text(rows[one]))
        right.append(library.text(rows[other]))
    return left, right
