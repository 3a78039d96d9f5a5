"""A segment: the features of a run of rows, written once.

For each row its dense vector (`vectors.py`), its sparse vector (feature numbers with TF-IDF
weights, one byte each) and the hashes of its authors' names; and the same sparse vectors and
authors turned around, from feature or author to rows, so that a few features are scored over all
rows without reading the others. Leaves out: dates and categories (`columns.py`) and words outside
the encoder's vocabulary (`lexical.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bookwheel.index import arrays, vectors

# A weight w in (0, 1] is stored as round(255 * sqrt(w)): small weights keep their precision.
WEIGHTS: NDArray[np.float32] = np.square(np.arange(256, dtype=np.float32) / np.float32(255))

_NAMES = (
    "codes", "scales", "planes",
    "starts", "features", "weights",
    "posting_starts", "posting_rows", "posting_weights",
    "author_starts", "authors", "author_keys", "author_rows",
)  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """Features of some rows, in memory: what is about to be written, or was gathered."""

    codes: NDArray[np.int8]  # [n, d]
    scales: NDArray[np.float32]  # [n]
    planes: NDArray[np.uint64]  # [8, n]
    starts: NDArray[np.int64]  # [n + 1] into features and weights
    features: NDArray[np.int32]
    weights: NDArray[np.uint8]
    author_starts: NDArray[np.int64]  # [n + 1] into authors
    authors: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.scales)


def encode_weights(weights: NDArray[np.float32]) -> NDArray[np.uint8]:
    """TF-IDF weights in (0, 1] as bytes; none becomes zero."""
    codes: NDArray[np.uint8] = np.rint(255 * np.sqrt(weights)).clip(1, 255).astype(np.uint8)
    return codes


def author_share(count: NDArray[np.int64]) -> NDArray[np.float32]:
    """What each of `count` authors of a paper counts."""
    return (1 / np.sqrt(np.maximum(count, 1))).astype(np.float32)


def join(parts: list[Rows]) -> Rows:
    """Rows one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Rows(
        codes=np.concatenate([part.codes for part in parts]),
        scales=np.concatenate([part.scales for part in parts]),
        planes=np.concatenate([part.planes for part in parts], axis=1),
        starts=_join_starts([part.starts for part in parts]),
        features=np.concatenate([part.features for part in parts]),
        weights=np.concatenate([part.weights for part in parts]),
        author_starts=_join_starts([part.author_starts for part in parts]),
        authors=np.concatenate([part.authors for part in parts]),
    )


def _join_starts(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    offsets = np.cumsum([0, *(int(part[-1]) for part in parts)])
    shifted = [part[1:] + offset for part, offset in zip(parts, offsets, strict=False)]
    return np.concatenate([np.zeros(1, np.int64), *shifted])


def write(folder: Path, rows: Rows, *, features: int) -> None:
    """Write a segment with both directions of its sparse side."""
    matrix = csr_array((rows.weights, rows.features, rows.starts), shape=(len(rows), features))
    turned = matrix.tocsc()
    author_rows = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.author_starts))
    by_key = np.argsort(rows.authors, kind="stable")
    arrays.write(
        folder,
        {
            "codes": rows.codes,
            "scales": rows.scales,
            "planes": rows.planes,
            "starts": rows.starts,
            "features": rows.features,
            "weights": rows.weights,
            "posting_starts": turned.indptr.astype(np.int64),
            "posting_rows": turned.indices.astype(np.int32),
            "posting_weights": turned.data,
            "author_starts": rows.author_starts,
            "authors": rows.authors,
            "author_keys": rows.authors[by_key],
            "author_rows": author_rows[by_key],
        },
    )


class Segment:
    """A written segment, memory-mapped. Row numbers here count from the segment's own start."""

    def __init__(self, folder: Path, start: int) -> None:
        data = arrays.read(folder, _NAMES)
        self.start = start
        self.rows = Rows(**{name: data[name] for name in Rows.__annotations__})
        self._posting_starts = data["posting_starts"]
        self._posting_rows = data["posting_rows"]
        self._posting_weights = data["posting_weights"]
        self._author_keys = data["author_keys"]
        self._author_rows = data["author_rows"]

    @property
    def stop(self) -> int:
        """The row after the last."""
        return self.start + len(self.rows)

    def add_features(
        self, features: NDArray[np.int32], weights: NDArray[np.float32], out: NDArray[np.float32]
    ) -> None:
        """Add each feature's weight times its TF-IDF to the rows that have it; out is [rows]."""
        tables = weights[:, None] * WEIGHTS[None, :]
        starts, stops = self._posting_starts[features], self._posting_starts[features + 1]
        for start, stop, table in zip(starts.tolist(), stops.tolist(), tables, strict=True):
            out[self._posting_rows[start:stop]] += table[self._posting_weights[start:stop]]

    def add_authors(
        self, authors: NDArray[np.int32], weights: NDArray[np.float32], out: NDArray[np.float32]
    ) -> None:
        """Add each author's share of a weight to the rows by that author; out is [rows]."""
        starts = np.searchsorted(self._author_keys, authors, side="left")
        stops = np.searchsorted(self._author_keys, authors, side="right")
        for start, stop, weight in zip(starts.tolist(), stops.tolist(), weights, strict=True):
            rows = self._author_rows[start:stop]
            counts = self.rows.author_starts[rows + 1] - self.rows.author_starts[rows]
            np.add.at(out, rows, weight * author_share(counts))

    def similarities(
        self, rows: NDArray[np.intp], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Dot products of some rows' vectors with one vector [d]."""
        products = self.rows.codes[rows].astype(np.float32) @ vector
        scaled: NDArray[np.float32] = products * self.rows.scales[rows]
        return scaled

    def take(self, rows: NDArray[np.intp]) -> Rows:
        """Copy some rows out."""
        return pick(self.rows, rows)


def _ranges(
    starts: NDArray[np.int64], rows: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """New starts, and the positions of all entries of some rows, in one pass."""
    lengths = starts[rows + 1] - starts[rows]
    ends = np.cumsum(lengths)
    shifts = np.repeat(starts[rows] - (ends - lengths), lengths)
    return np.concatenate([np.zeros(1, np.int64), ends]), np.arange(len(shifts)) + shifts


def take_all(segments: list[Segment], rows: NDArray[np.intp], dimensions: int) -> Rows:
    """Copy rows of several segments out, in the order asked for.

    `rows` count from the start of the whole index; `dimensions` is the length of its vectors.
    """
    owner = np.searchsorted([segment.stop for segment in segments], rows, side="right")
    order = np.argsort(owner, kind="stable")
    parts = [
        segment.take(rows[owner == number] - segment.start)
        for number, segment in enumerate(segments)
        if (owner == number).any()
    ]
    if not parts:
        return empty(dimensions)
    together = join(parts)
    if (order == np.arange(len(order))).all():
        return together
    return pick(together, np.argsort(order))


def pick(rows: Rows, positions: NDArray[np.intp]) -> Rows:
    """Some rows of rows already in memory."""
    starts, entries = _ranges(rows.starts, positions)
    author_starts, author_entries = _ranges(rows.author_starts, positions)
    return Rows(
        codes=rows.codes[positions],
        scales=rows.scales[positions],
        planes=rows.planes[:, positions],
        starts=starts,
        features=rows.features[entries],
        weights=rows.weights[entries],
        author_starts=author_starts,
        authors=rows.authors[author_entries],
    )


def empty(dimensions: int) -> Rows:
    """No rows, of vectors of a length."""
    return Rows(
        codes=np.empty((0, dimensions), np.int8),
        scales=np.empty(0, np.float32),
        planes=np.empty((vectors.PLANES, 0), np.uint64),
        starts=np.zeros(1, np.int64),
        features=np.empty(0, np.int32),
        weights=np.empty(0, np.uint8),
        author_starts=np.zeros(1, np.int64),
        authors=np.empty(0, np.int32),
    )
