"""Text to numbers: a sparse row of weighted features, and a dense vector of 256 dimensions.

The dense vector is a sum over features of weight times the feature's own vector, made one unit
long. So every cosine splits exactly into the words that earned it (`Encoder.shares`).
Leaves out: how the table is learned (`training.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from bookwheel.core.features import Counts, Features
from bookwheel.core.text import spans, tokenise
from bookwheel.errors import BookwheelError

_TINY = np.float32(1e-12)
_LOG_TF = (1 + np.log(np.arange(256).clip(1))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Share:
    """What one word of a text gave to a score; the word stands at `[start, end)`."""

    start: int
    end: int
    word: str
    share: float


class Encoder:
    """A vocabulary of V features with their rarity, the first D of them with a vector."""

    def __init__(
        self,
        vocabulary: Sequence[str],
        idf: NDArray[np.float32],
        table: NDArray[np.int8],
        scale: NDArray[np.float32],
    ) -> None:
        """Take `vocabulary`, `idf` [V], `table` [D, dimensions] and what scales its rows [D]."""
        self.features = Features(vocabulary)
        self.vocabulary = self.features.vocabulary
        self.idf = idf
        self.table = table
        self.scale = scale

    @classmethod
    def load(cls, path: Path) -> Encoder:
        """Read an encoder from its file.

        Raises:
            BookwheelError: the file is missing or is not an encoder.
        """
        try:
            with np.load(path, allow_pickle=False) as data:
                vocabulary = data["vocabulary"].tobytes().decode().split("\n")
                return cls(vocabulary, data["idf"], data["table"], data["scale"])
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
        with path.open("wb") as file:
            np.savez(file, vocabulary=names, idf=self.idf, table=self.table, scale=self.scale)

    @property
    def dimensions(self) -> int:
        """Length of the dense vectors."""
        return int(self.table.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all that changes results: indexes made with different ones do not mix."""
        made = hashlib.blake2b("\n".join(self.vocabulary).encode(), digest_size=16)
        for part in (self.idf, self.table, self.scale):
            made.update(np.ascontiguousarray(part).tobytes())
        return made.hexdigest()

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """The table in full precision: float32 [D, dimensions]."""
        return np.multiply(self.table, self.scale[:, None], dtype=np.float32)

    def count(self, texts: Sequence[str]) -> Counts:
        """Count the features of each text."""
        return self.features.count(texts)

    def weigh(self, counts: Counts) -> NDArray[np.float32]:
        """Weigh each count by (1 + ln tf) idf, each text one unit long: float32 [nnz]."""
        weights: NDArray[np.float32] = _LOG_TF[counts.tf] * self.idf[counts.features]
        sums = np.concatenate(([0.0], np.cumsum(weights * weights, dtype=np.float64)))
        squares = sums[counts.starts[1:]] - sums[counts.starts[:-1]]
        norms = np.sqrt(np.maximum(squares, _TINY)).astype(np.float32)
        weights /= np.repeat(norms, np.diff(counts.starts))
        return weights

    def dense(
        self, counts: Counts, weights: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Add up the vectors of each text's features: float32 [n, dimensions], each one unit long.

        A text without any known word has the zero vector. `weights` are those of `weigh`.
        """
        sums = self._sum(counts, self.weigh(counts) if weights is None else weights)
        norms = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        np.divide(sums, np.maximum(norms, _TINY)[:, None], out=sums)
        return sums

    def _sum(self, counts: Counts, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sum weight times vector over each text's features that have a vector."""
        size, (rows, columns) = len(counts.starts) - 1, self.table.shape
        features = np.minimum(counts.features, rows - 1)
        known = np.where(counts.features < rows, weights, np.float32(0))
        sparse = scipy.sparse.csr_array((known, features, counts.starts), shape=(size, rows))
        return np.asarray(sparse @ self._vectors, dtype=np.float32).reshape(size, columns)

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
        places = np.bincount(np.concatenate((single, paired)), minlength=self.features.size + 1)
        each = np.zeros(self.features.size + 1)
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
        length = float(np.linalg.norm(self._sum(counts, weights)))
        length *= float(np.linalg.norm(vector))
        known = counts.features < len(self.table)
        parts = np.zeros(counts.features.size)
        parts[known] = self._vectors[counts.features[known]] @ vector * weights[known]
        return parts / max(length, float(_TINY))
