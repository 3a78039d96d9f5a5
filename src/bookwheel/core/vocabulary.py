"""Choosing the words and word pairs by which papers are told apart.

Both passes over the papers count in how many papers each candidate stands, a batch at a time.
Leaves out: what the chosen features mean (`training.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.features import HashTable
from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.core.text import Tokens, tokenise

_BATCH = 4096


@dataclass(frozen=True)
class Wanted:
    """How many features there may be, and what each must fulfil."""

    words: int = 48_000
    pairs: int = 24_000
    least: int = 5  # papers that a feature must be in
    cohesion: float = 0.15  # normalised pointwise mutual information of a pair's two words


@dataclass(frozen=True)
class Chosen:
    """Features, those in most papers first."""

    vocabulary: list[str]
    frequencies: NDArray[np.int64]  # [V]: papers that each is in


class Frequencies:
    """In how many papers each key stands, over batches of papers."""

    def __init__(self) -> None:
        self._keys: list[NDArray[np.uint64]] = []
        self._counts: list[NDArray[np.int64]] = []

    def add(self, keys: NDArray[np.uint64], rows: NDArray[np.int64]) -> None:
        """Count `keys` found in the papers `rows`, one row for each key."""
        names, numbers = np.unique(keys, return_inverse=True)
        distinct = np.unique(rows * names.size + numbers)
        self._keys.append(names)
        self._counts.append(np.bincount(distinct % max(names.size, 1), minlength=names.size))
        if len(self._keys) > 32:
            self.most(1)

    def most(self, least: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """Return the keys in at least so many papers, and in how many each is."""
        keys, numbers = np.unique(np.concatenate(self._keys), return_inverse=True)
        counts = np.bincount(numbers, np.concatenate(self._counts), keys.size).astype(np.int64)
        self._keys, self._counts = [keys], [counts]
        return keys[counts >= least], counts[counts >= least]


def choose(texts: Sequence[str], wanted: Wanted) -> Chosen:
    """Choose the features of texts."""
    hashes, frequencies = _count_words(texts).most(wanted.least)
    order = np.argsort(-frequencies, kind="stable")[: 2**17]
    names, pairs = _count_pairs(texts, hashes[order])
    frequencies = frequencies[order]
    is_word = np.array([_is_feature(name) for name in names], dtype=bool)
    single = np.flatnonzero(is_word)[: wanted.words]
    found, together = pairs.most(wanted.least)
    left, right = np.divmod(found.astype(np.int64), len(names))
    cohesion = _cohesion(together, frequencies[left], frequencies[right], len(texts))
    worth = np.where(cohesion >= wanted.cohesion, together * cohesion, 0)
    best = np.argsort(-worth, kind="stable")[: min(wanted.pairs, np.count_nonzero(worth))]
    vocabulary = [names[at] for at in single]
    vocabulary += [f"{names[left[at]]} {names[right[at]]}" for at in best]
    counts = np.concatenate((frequencies[single], together[best]))
    first = np.argsort(-counts, kind="stable")
    return Chosen([vocabulary[at] for at in first], counts[first])


def _is_feature(word: str) -> bool:
    return len(word) > 1 and word.isascii() and not word.isdecimal() and word not in STOP_WORDS


def _cohesion(
    together: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64], papers: int
) -> NDArray[np.float64]:
    """Normalised pointwise mutual information, -1 to 1 (Bouma 2009)."""
    joint = together / papers
    return np.log(joint * papers / left * papers / right) / np.maximum(-np.log(joint), 1e-9)


def _batches(texts: Sequence[str]) -> Iterator[tuple[Tokens, NDArray[np.int64]]]:
    """Yield tokens of a batch with the row of each."""
    for at in range(0, len(texts), _BATCH):
        tokens = tokenise(texts[at : at + _BATCH])
        yield tokens, np.repeat(np.arange(len(tokens.starts) - 1), np.diff(tokens.starts))


def _count_words(texts: Sequence[str]) -> Frequencies:
    counted = Frequencies()
    for tokens, rows in _batches(texts):
        counted.add(tokens.hashes, rows)
    return counted


def _count_pairs(texts: Sequence[str], hashes: NDArray[np.uint64]) -> tuple[list[str], Frequencies]:
    """Spell the words of `hashes`, and count pairs of them, stop words apart (left * n + right)."""
    table = HashTable(hashes)
    names = [""] * hashes.size
    stops = np.zeros(hashes.size + 1, dtype=bool)
    stops[hashes.size] = True
    counted = Frequencies()
    for tokens, rows in _batches(texts):
        found = table.find(tokens.hashes).astype(np.int64)
        for number, place in zip(*np.unique(found, return_index=True), strict=True):
            if number < hashes.size and not names[number]:
                names[number] = tokens.word(place)
                stops[number] = names[number] in STOP_WORDS
        good = ~stops[found]
        pair = good[:-1] & good[1:] & (rows[:-1] == rows[1:])
        counted.add((found[:-1] * hashes.size + found[1:])[pair].astype(np.uint64), rows[:-1][pair])
    return names, counted
