"""Text to numbers: a sparse row of weighted features, and one dense vector.

The dense vector is a sum over features of weight times the feature's own vector, made one unit
long. So every cosine splits exactly into the words that earned it (`Encoder.shares`).

A feature's vector has two parts. The first dimensions hold what it means, learned from papers
(`training.py`) and kept as int8. The others are a sketch, signs made from the feature's number:
they tell apart words that mean nearly the same, and cost no memory. A feature without a learned
vector, a word never seen in training above all, is a sketch throughout: like nothing but itself.
Leaves out: how the table is learned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from bookwheel.core.features import Counts, Features
from bookwheel.core.text import spans, tokenise
from bookwheel.errors import BookwheelError

_TINY = np.float32(1e-12)
_LOG_TF = (1 + np.log(np.arange(256).clip(1))).astype(np.float32)
_BLOCK = 2048  # texts whose vectors are summed at a time, so that memory stays small


@dataclass(frozen=True, slots=True)
class Share:
    """What one word of a text gave to a score; the word stands at `[start, end)`."""

    start: int
    end: int
    word: str
    share: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """The part of vectors that is made and not learned.

    `dimensions` follow the learned ones; `size` is each coordinate there. A feature without a
    learned vector has `alone` everywhere. `buckets` are for words outside the vocabulary.
    """

    dimensions: int = 0
    size: float = 0.0
    alone: float = 0.0
    buckets: int = 0


NO_SKETCH = Sketch()


class Encoder:
    """V features and some buckets, the first D features with a learned vector."""

    def __init__(
        self,
        vocabulary: Sequence[str],
        idf: NDArray[np.float32],
        table: NDArray[np.int8],
        scale: NDArray[np.float32],
        sketch: Sketch = NO_SKETCH,
    ) -> None:
        """Take `vocabulary`, `idf` [V], `table` [D, learned] and what scales its rows [D]."""
        self.features = Features(vocabulary, sketch.buckets)
        self.vocabulary = self.features.vocabulary
        self.idf = idf
        unseen = np.full(sketch.buckets, idf.max(initial=1), np.float32)
        self._rarity = np.append(idf, unseen).astype(np.float32)
        self.table = table
        self.scale = scale
        self.sketch = sketch

    @classmethod
    def load(cls, path: Path) -> Encoder:
        """Read an encoder from its file.

        Raises:
            BookwheelError: the file is missing or is not an encoder.
        """
        try:
            with np.load(path, allow_pickle=False) as data:
                vocabulary = data["vocabulary"].tobytes().decode().split("\n")
                dimensions, size, alone, buckets = data["sketch"].tolist()
                sketch = Sketch(int(dimensions), size, alone, int(buckets))
                return cls(vocabulary, data["idf"], data["table"], data["scale"], sketch)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise BookwheelError(
                f"{path} is not an encoder that can be read ({error}). "
                "`bookwheel train encoder` makes one."
            ) from error

    @staticmethod
    @cache
    def shipped() -> Encoder:
        """Read the encoder that comes with the package, once."""
        with resources.as_file(resources.files("bookwheel") / "data" / "encoder.npz") as path:
            return Encoder.load(path)

    def save(self, path: Path) -> None:
        """Write the file that `load` reads."""
        names = np.frombuffer("\n".join(self.vocabulary).encode(), dtype=np.uint8)
        made = self.sketch
        sketch = np.array([made.dimensions, made.size, made.alone, made.buckets], np.float64)
        parts: dict[str, Any] = {"idf": self.idf, "table": self.table, "scale": self.scale}
        with path.open("wb") as file:
            np.savez(file, vocabulary=names, sketch=sketch, **parts)

    @property
    def dimensions(self) -> int:
        """Length of the dense vectors."""
        return int(self.table.shape[1]) + self.sketch.dimensions

    @property
    def size(self) -> int:
        """How many features there are, buckets included."""
        return self.features.size

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all that changes results: indexes made with different ones do not mix."""
        made = hashlib.blake2b("\n".join(self.vocabulary).encode(), digest_size=16)
        for part in (self.idf, self.table, self.scale):
            made.update(np.ascontiguousarray(part).tobytes())
        made.update(repr(self.sketch).encode())
        return made.hexdigest()

    def count(self, texts: Sequence[str]) -> Counts:
        """Count the features of each text."""
        return self.features.count(texts)

    def unlisted(self, text: str) -> dict[int, str]:
        """Spell the words of a text that are in no vocabulary, by the bucket each falls into."""
        tokens = tokenise([text])
        found = self.features.find_words(tokens)
        places = np.flatnonzero((found >= self.features.known) & (found < self.size))
        return {int(found[place]): tokens.word(place) for place in places[::-1].tolist()}

    def weigh(self, counts: Counts) -> NDArray[np.float32]:
        """Weigh each count by (1 + ln tf) idf, each text one unit long: float32 [nnz]."""
        weights: NDArray[np.float32] = _LOG_TF[counts.tf] * self._rarity[counts.features]
        sums = np.concatenate(([0.0], np.cumsum(weights * weights, dtype=np.float64)))
        squares = sums[counts.starts[1:]] - sums[counts.starts[:-1]]
        norms = np.sqrt(np.maximum(squares, _TINY)).astype(np.float32)
        weights /= np.repeat(norms, np.diff(counts.starts))
        return weights

    def vectors(self, features: NDArray[np.int32]) -> NDArray[np.float32]:
        """Give the vectors of features, ascending: float32 [n, dimensions]."""
        rows, learned = self.table.shape
        known = int(np.searchsorted(features, rows))
        made = np.empty((len(features), self.dimensions), np.float32)
        np.multiply(
            self.table[features[:known]],
            self.scale[features[:known], None],
            out=made[:known, :learned],
        )
        if self.sketch.dimensions:
            made[:known, learned:] = signs(features[:known], self.sketch.dimensions)
            made[:known, learned:] *= np.float32(self.sketch.size)
        made[known:] = signs(features[known:], self.dimensions)
        made[known:] *= np.float32(self.sketch.alone)
        return made

    def dense(
        self, counts: Counts, weights: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Add up the vectors of each text's features: float32 [n, dimensions], each one unit long.

        A text without any known word has the zero vector. `weights` are those of `weigh`.
        """
        weights = self.weigh(counts) if weights is None else weights
        sums = np.empty((len(counts.starts) - 1, self.dimensions), np.float32)
        for at in range(0, len(sums), _BLOCK):
            sums[at : at + _BLOCK] = self._sum(counts, weights, slice(at, at + _BLOCK))
        norms = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        np.divide(sums, np.maximum(norms, _TINY)[:, None], out=sums)
        return sums

    def _sum(
        self, counts: Counts, weights: NDArray[np.float32], texts: slice
    ) -> NDArray[np.float32]:
        """Sum weight times vector over the features of each of some texts."""
        starts = counts.starts[texts.start : texts.stop + 1]
        part = slice(starts[0], starts[-1])
        there = np.zeros(self.size, bool)
        there[counts.features[part]] = True
        used = np.flatnonzero(there).astype(np.int32)
        place = np.empty(self.size, np.int32)
        place[used] = np.arange(used.size, dtype=np.int32)
        sparse = scipy.sparse.csr_array(
            (weights[part], place[counts.features[part]], starts - starts[0]),
            shape=(len(starts) - 1, used.size),
        )
        return np.asarray(sparse @ self.vectors(used), dtype=np.float32)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts: float32 [n, dimensions], each one unit long."""
        return self.dense(self.count(texts))

    def shares(self, text: str, vector: NDArray[np.float32]) -> list[Share]:
        """Split the cosine of a text and a vector into the words of the text, in their order.

        The shares add up to the cosine. Words without any part are left out.
        """
        counts = self.count([text])
        return self.spread(text, counts, self._parts(counts, vector))

    def spread(self, text: str, counts: Counts, parts: NDArray[np.float64]) -> list[Share]:
        """Spread parts, one for each feature that one text has, over the words of the text.

        A feature's part is shared evenly among the places where it stands, and a pair's part
        between its two words.
        """
        tokens = tokenise([text])
        single, paired = self.features.find_words(tokens), self.features.find_pairs(tokens)
        places = np.bincount(np.concatenate((single, paired)), minlength=self.size + 1)
        each = np.zeros(self.size + 1)
        each[counts.features] = parts / places[counts.features]
        of_words, of_pairs = each[single], each[paired] / 2
        of_words[:-1] += of_pairs
        of_words[1:] += of_pairs
        return [
            Share(start, end, word, share)
            for (start, end, word), share in zip(spans(text), of_words.tolist(), strict=True)
            if share
        ]

    def _parts(self, counts: Counts, vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """Split the cosine of one text and a vector into features: float64 [nnz]."""
        weights = self.weigh(counts)
        found = self.vectors(counts.features)
        length = float(np.linalg.norm(weights @ found)) * float(np.linalg.norm(vector))
        return (found @ vector * weights).astype(np.float64) / max(length, float(_TINY))


def signs(numbers: NDArray[np.int32], dimensions: int) -> NDArray[np.float32]:
    """Make the signs that stand for numbers: float32 [n, dimensions] of 1 and -1.

    The bits of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
    2014), so that they are the same on every machine and with every version of numpy.
    """
    words = -(-dimensions // 64)
    parts = np.arange(1, words + 1, dtype=np.uint64)
    state: NDArray[np.uint64] = numbers.astype(np.uint64)[:, None] * np.uint64(words) + parts
    state *= np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    bits = np.unpackbits(state.astype("<u8").view(np.uint8), axis=1, count=dimensions)
    return bits.astype(np.float32) * np.float32(2) - np.float32(1)
