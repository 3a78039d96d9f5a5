"""What papers in general are like, drawn from the index once and then shared by every taste.

A fixed sample of rows gives means, covariance and a yardstick for standardising; it is drawn again
when the index has grown by half, so that a day's papers do not move anybody's scores.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.core import eras
from bookwheel.core.categories import WORDS
from bookwheel.core.encoder import Encoder
from bookwheel.core.taste import Background
from bookwheel.index import arrays, vectors
from bookwheel.index.columns import Columns
from bookwheel.index.segment import WEIGHTS, Segment, take_all

SAMPLE = 2048  # rows kept as the yardstick
WIDE_SAMPLE = 32768  # rows from which means and the covariance are taken
GROWTH = 1.5

_NAMES = (
    "mean", "covariance", "vectors", "starts", "features", "weights", "word_means",
    "category_shares",
)  # fmt: skip


def is_stale(rows: int, drawn_at: int) -> bool:
    """Whether an index that has `rows` now needs a new background."""
    return rows > GROWTH * drawn_at


def draw(segments: list[Segment], columns: Columns, encoder: Encoder) -> Background:
    """Sample rows with a fixed seed and compute the statistics."""
    alive = np.flatnonzero(columns.live)
    wide = _sample(alive, WIDE_SAMPLE)
    rows = take_all(segments, wide, encoder.dimensions)
    dense = vectors.restore(rows.codes, rows.scales)
    sparse = WEIGHTS[rows.weights]
    word_means = np.bincount(rows.features, sparse, minlength=encoder.size) / max(len(rows), 1)
    small = slice(0, min(SAMPLE, len(rows)))
    cut = int(rows.starts[small.stop])
    return Background(
        mean=dense.sum(axis=0) / max(len(dense), 1),
        covariance=_covariance(dense),
        vectors=dense[small],
        starts=rows.starts[: small.stop + 1],
        features=rows.features[:cut],
        weights=sparse[:cut],
        word_means=word_means.astype(np.float32),
        category_shares=_category_shares(columns.categories[wide]),
        year_shares=eras.shares(columns.years),
    )


def _covariance(dense: NDArray[np.float32]) -> NDArray[np.float32]:
    if len(dense) < 2:
        return np.eye(dense.shape[1], dtype=np.float32)
    return np.cov(dense, rowvar=False).astype(np.float32)


def _sample(rows: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    shuffled = np.random.default_rng(0).permutation(rows)
    return shuffled[:size]


def _category_shares(bits: NDArray[np.uint64]) -> NDArray[np.float32]:
    unpacked = np.unpackbits(np.ascontiguousarray(bits).view(np.uint8), axis=1, bitorder="little")
    counts: NDArray[np.float32] = unpacked.sum(axis=0, dtype=np.float32)
    return counts / np.float32(max(len(unpacked), 1))


def write(folder: Path, background: Background) -> None:
    """Write a background."""
    arrays.write(folder, {name: getattr(background, name) for name in _NAMES})


def read(folder: Path, columns: Columns, rows: int) -> Background:
    """Map a background into memory; years are those of the first rows. Raises IndexDamagedError."""
    held = arrays.read(folder, _NAMES)
    categories = held["category_shares"]  # shorter in files from when there were fewer of them
    held["category_shares"] = np.pad(categories, (0, max(64 * WORDS - len(categories), 0)))
    return Background(**held, year_shares=eras.shares(columns.years[:rows]))
