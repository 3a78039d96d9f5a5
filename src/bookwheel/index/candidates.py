"""Which rows are worth an exact score: found among all, by rough scores that cost little.

A segment without an allowed row is passed over, so that a few days cost little however many papers
there are. Leaves out: exact scores (`scoring.py`), and candidates from words (`lexical.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Taste
from bookwheel.index import extremes, scoring, vectors
from bookwheel.index.columns import Columns
from bookwheel.index.segment import Segment

EACH = 2000  # from the words and from the vector of a taste, each
FINALISTS = 1500  # of these the best by a rough score
WORDS = 50  # strongest words of a taste that look for candidates; all of them score
CATEGORIES = 8  # the same of its categories

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]


def by_taste(segments: Sequence[Segment], columns: Columns, taste: Taste, mask: Mask) -> Rows:
    """Allowed rows that a taste may score highest, ascending, at most `FINALISTS`."""
    sparse = _sparse(segments, columns, taste, mask)
    rows = extremes.highest(sparse, mask, EACH)
    if taste.vector is None:
        return rows
    rows = np.union1d(rows, near(segments, taste.vector, mask, EACH))
    rough = sparse[rows] + _similarities(segments, rows, taste.vector)
    return rows[np.sort(np.argsort(-rough)[:FINALISTS])]


def near(segments: Sequence[Segment], vector: NDArray[np.float32], mask: Mask, count: int) -> Rows:
    """Allowed rows whose signs agree best with a vector's, ascending: `count`, and all ties."""
    code = vectors.signs(vector[None, :])[:, 0]
    distance = np.full(len(mask), np.iinfo(np.uint16).max, np.uint16)
    for part in _open(segments, mask):
        distance[part.start : part.stop] = vectors.distances(part.rows.planes, code)
    return extremes.lowest(distance, mask, count)


def _open(segments: Sequence[Segment], mask: Mask) -> list[Segment]:
    return [part for part in segments if mask[part.start : part.stop].any()]


def _sparse(
    segments: Sequence[Segment], columns: Columns, taste: Taste, mask: Mask
) -> NDArray[np.float32]:
    """Scores by the strongest words, by authors, categories and years, float32 [rows]."""
    scores = np.zeros(len(mask), np.float32)
    strongest = np.argsort(-np.abs(taste.feature_weights))[:WORDS]
    features, weights = taste.features[strongest], taste.feature_weights[strongest]
    sets, set_of = columns.sets
    by_set = scoring.by_category(taste, sets, most=CATEGORIES)
    by_year = scoring.by_year(taste, columns.years)
    for part in _open(segments, mask):
        out = scores[part.start : part.stop]
        out += by_set[set_of[part.start : part.stop]]
        out += by_year[part.start : part.stop]
        part.add_features(features, weights, out)
        part.add_authors(taste.authors, taste.author_weights, out)
    return scores


def _similarities(
    segments: Sequence[Segment], rows: Rows, vector: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Dot products of the vectors of some rows, ascending, with one vector."""
    bounds = np.searchsorted(rows, [part.start for part in segments[1:]])
    shares = zip(segments, np.split(rows, bounds), strict=True)
    return np.concatenate([part.similarities(some - part.start, vector) for part, some in shares])
