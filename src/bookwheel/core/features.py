"""The words and word pairs that papers are compared by, and how often texts have them.

A feature is a word (`graph`) or two words side by side (`graph neural`) of a vocabulary. A word
that the vocabulary lacks, a gene's name perhaps, falls into one of many buckets, which are features
too (Weinberger et al., "Feature hashing for large scale multitask learning", 2009): so the same
strange word in two texts brings them together.
Leaves out: what features weigh and mean (`encoder.py`) and how they are chosen (`vocabulary.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.core.text import Tokens, tokenise, word_hash

_LEFT = np.uint64(0xC2B2AE3D27D4EB4F)
_RIGHT = np.uint64(0x165667B19E3779F9)
_BATCH = 2048  # texts counted at a time: row and feature then fit 32 bits, and arrays the cache
_SLOT_BITS = 19
_NINE = ord("9")  # digits come before letters, and words have nothing else
_BUCKET_SHIFT = np.uint64(40)  # the upper bits of a product are its best mixed


def pair_hashes(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Hash pairs of words from the hashes of both."""
    made = (left * _LEFT) ^ right
    made *= _RIGHT
    made ^= made >> np.uint64(31)
    return made


def feature_hashes(features: Sequence[str]) -> NDArray[np.uint64]:
    """Hash features as they are written: one word, or two with a space between.

    Raises:
        ValueError: a feature is neither.
    """
    tokens = tokenise(features)
    sizes = np.diff(tokens.starts)
    if not np.isin(sizes, (1, 2)).all():
        raise ValueError("a feature is neither a word nor two")
    left, right = tokens.hashes[tokens.starts[:-1]], tokens.hashes[tokens.starts[1:] - 1]
    return np.where(sizes == 1, left, pair_hashes(left, right))


@dataclass(frozen=True)
class Counts:
    """Features of n texts; text i has `features[starts[i]:starts[i + 1]]`, ascending, distinct."""

    starts: NDArray[np.int64]  # [n + 1]
    features: NDArray[np.int32]  # [nnz]
    tf: NDArray[np.uint8]  # [nnz]: times in the text, 255 at most

    def row(self, at: int) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return the features and counts of one text."""
        place = slice(self.starts[at], self.starts[at + 1])
        return self.features[place], self.tf[place]


class HashTable:
    """Numbers of up to a quarter of a million hashes, found by linear probing."""

    def __init__(self, hashes: NDArray[np.uint64]) -> None:
        """Number `hashes`, all different, from 0 on."""
        self.size = hashes.size
        self._keys = np.append(hashes, np.uint64(0))
        self._slots = np.full(2**_SLOT_BITS, self.size, dtype=np.int32)
        waiting = np.arange(self.size, dtype=np.int32)
        wanted = _home(hashes)
        while waiting.size:
            free = self._slots[wanted] == self.size
            self._slots[wanted[free]] = waiting[free]
            lost = self._slots[wanted] != waiting
            waiting, wanted = waiting[lost], _next(wanted[lost])

    def find(self, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Look up hashes: the number of each, `size` where it has none."""
        slots = _home(hashes)
        found = self._slots[slots]
        other = np.flatnonzero((self._keys[found] != hashes) & (found != self.size))
        while other.size:  # another hash sits there: look on until the right one or a free slot
            slots[other] = _next(slots[other])
            found[other] = self._slots[slots[other]]
            mismatch = self._keys[found[other]] != hashes[other]
            other = other[mismatch & (found[other] != self.size)]
        return found


class Features:
    """A vocabulary of V features, and buckets for other words: finds and counts them in texts.

    Features are numbered from 0: those of the vocabulary in its order, then the buckets.
    """

    def __init__(self, vocabulary: Sequence[str], buckets: int = 0) -> None:
        """Take a vocabulary, and how many buckets there are: none, or a power of two."""
        self.vocabulary = list(vocabulary)
        self.known = len(self.vocabulary)
        self.buckets = buckets
        self.size = self.known + buckets
        listed = set(self.vocabulary)
        ignored = [word_hash(word) for word in sorted(STOP_WORDS) if word not in listed]
        self._table = HashTable(
            np.append(feature_hashes(self.vocabulary), np.array(ignored, np.uint64))
        )

    def label(self, feature: int) -> str:
        """Spell a feature; empty for a bucket."""
        return self.vocabulary[feature] if feature < self.known else ""

    def find_words(self, tokens: Tokens) -> NDArray[np.int32]:
        """Look up each word: int32 [words], `size` where it is no feature."""
        found = self._table.find(tokens.hashes)
        unseen = np.flatnonzero(found == self._table.size)
        found[found >= self.known] = self.size
        if self.buckets and unseen.size:
            unseen = unseen[_tells(tokens, unseen)]
            bucket = (tokens.hashes[unseen] >> _BUCKET_SHIFT).astype(np.int64) % self.buckets
            found[unseen] = self.known + bucket
        return found

    def find_pairs(self, tokens: Tokens) -> NDArray[np.int32]:
        """Look up each word with the next of its text: int32 [words - 1], `size` if no feature."""
        found = self._table.find(pair_hashes(tokens.hashes[:-1], tokens.hashes[1:]))
        found[found >= self.known] = self.size
        across = tokens.starts[1:-1] - 1
        found[across[(across >= 0) & (across < found.size)]] = self.size
        return found

    def count(self, texts: Sequence[str]) -> Counts:
        """Count the features of each text."""
        parts = [
            self._count(tokenise(texts[at : at + _BATCH])) for at in range(0, len(texts), _BATCH)
        ]
        if len(parts) == 1:
            return parts[0]
        return join(parts)

    def _count(self, tokens: Tokens) -> Counts:
        rows = len(tokens.starts) - 1
        row = np.repeat(np.arange(rows, dtype=np.int32), np.diff(tokens.starts))
        row *= np.int32(self.size + 1)
        single, paired = self.find_words(tokens), self.find_pairs(tokens)
        is_single, is_paired = single != self.size, paired != self.size
        keys = np.concatenate(((single + row)[is_single], (paired + row[: paired.size])[is_paired]))
        keys.sort()
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        times = np.diff(first, append=keys.size)
        keys = keys[first]
        bounds = np.arange(rows + 1, dtype=np.int64) * (self.size + 1)
        starts = np.searchsorted(keys, bounds)
        features = keys % np.int32(self.size + 1)
        return Counts(starts, features, np.minimum(times, 255).astype(np.uint8))


def join(parts: Sequence[Counts]) -> Counts:
    """Put counts of several batches one after the other."""
    sizes = np.cumsum([0, *(part.features.size for part in parts)])
    starts = [part.starts[:-1] + size for part, size in zip(parts, sizes[:-1], strict=True)]
    return Counts(
        np.concatenate([*starts, sizes[-1:]]).astype(np.int64),
        np.concatenate([np.empty(0, np.int32), *(part.features for part in parts)]),
        np.concatenate([np.empty(0, np.uint8), *(part.tf for part in parts)]),
    )


def _tells(tokens: Tokens, places: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which words tell something: not single letters, nor what begins and ends with a digit."""
    letters = np.frombuffer(tokens.buffer, np.uint8)
    first, last = tokens.first[places], tokens.last[places] - 1
    numeric = (letters[first] <= _NINE) & (letters[last] <= _NINE)
    return np.asarray((last > first) & ~numeric)


def _home(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (hashes >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)


def _next(slots: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray((slots + 1) % 2**_SLOT_BITS, dtype=np.int64)
