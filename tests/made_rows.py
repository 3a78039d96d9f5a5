"""Random rows of an index, for tests that compare sparse sums with dense products."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from bookwheel.index import vectors
from bookwheel.index.segment import WEIGHTS, Rows

DIMENSIONS = 96
VOCABULARY = 30
AUTHORS = 12  # different ones


def made_rows(count: int, seed: int) -> Rows:
    """Rows with a few features and authors each; some have none."""
    random = np.random.default_rng(seed)
    dense = random.standard_normal((count, DIMENSIONS)).astype(np.float32)
    codes, scales = vectors.quantise(dense)
    features = [_some(random, VOCABULARY) for _ in range(count)]
    authors = [random.integers(0, AUTHORS, random.integers(0, 4)) for _ in range(count)]
    return Rows(
        codes=codes,
        scales=scales,
        planes=vectors.signs(dense),
        starts=_starts(features),
        features=_joined(features),
        weights=random.integers(1, 256, sum(map(len, features))).astype(np.uint8),
        author_starts=_starts(authors),
        authors=_joined(authors),
    )


def _some(random: np.random.Generator, most: int) -> NDArray[np.int64]:
    return np.flatnonzero(random.random(most) < 0.2)


def _starts(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.cumsum([0, *map(len, parts)], dtype=np.int64)


def _joined(parts: list[NDArray[np.int64]]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, np.int64), *parts]).astype(np.int32)


def dense_words(rows: Rows) -> NDArray[np.float32]:
    """TF-IDF weights as a full matrix [n, VOCABULARY]."""
    matrix = np.zeros((len(rows), VOCABULARY), np.float32)
    owner = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    matrix[owner, rows.features] = WEIGHTS[rows.weights]
    return matrix


def dense_authors(rows: Rows) -> NDArray[np.float32]:
    """What each author counts in each row [n, AUTHORS]: 1 / sqrt(authors) for each time."""
    matrix = np.zeros((len(rows), AUTHORS), np.float32)
    for row in range(len(rows)):
        mine = rows.authors[rows.author_starts[row] : rows.author_starts[row + 1]]
        for author in mine.tolist():
            matrix[row, author] += 1 / np.sqrt(len(mine))
    return matrix


some_rows = st.builds(made_rows, st.integers(1, 40), st.integers(0, 2**16))
