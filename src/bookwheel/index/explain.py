"""Why a row has its score: the same sums as in `scoring.py`, one term at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.core import categories, eras
from bookwheel.core.encoder import Encoder
from bookwheel.core.taste import Taste
from bookwheel.index import segment
from bookwheel.index.columns import Facts
from bookwheel.index.segment import WEIGHTS, Rows, author_share


@dataclass(frozen=True)
class Cause:
    """One summand of a score. kind: "word", "author", "category", "year" or "vector".

    `label` is the word, category or year. For an author `key` is the hash of the name, for a word
    outside the vocabulary its bucket: their spelling only the paper knows.
    """

    kind: str
    label: str
    amount: float
    key: int = 0


def causes(taste: Taste, rows: Rows, facts: Facts, encoder: Encoder) -> list[list[Cause]]:
    """For each row all that added to its score or took from it, the largest first.

    The amounts of a row, plus the taste's feature bias, sum to its score.
    """
    words = dict(zip(taste.features.tolist(), taste.feature_weights.tolist(), strict=True))
    authors = dict(zip(taste.authors.tolist(), taste.author_weights.tolist(), strict=True))
    result = []
    for place in range(len(rows)):
        row = segment.pick(rows, np.array([place]))
        found = [
            *_words(row, words, encoder),
            *_authors(row, authors),
            *_categories(taste, facts.categories[place]),
            *_year(taste, int(facts.years[place])),
            *_vector(taste, row),
        ]
        result.append(sorted(found, key=lambda cause: -abs(cause.amount)))
    return result


def _words(row: Rows, words: dict[int, float], encoder: Encoder) -> list[Cause]:
    weights = WEIGHTS[row.weights].tolist()
    return [
        Cause("word", encoder.features.label(feature), words[feature] * weight, feature)
        for feature, weight in zip(row.features.tolist(), weights, strict=True)
        if feature in words
    ]


def _authors(row: Rows, authors: dict[int, float]) -> list[Cause]:
    """Authors with a weight; two of one paper who share a key are one cause."""
    counts = Counter(key for key in row.authors.tolist() if key in authors)
    share = float(author_share(np.diff(row.author_starts))[0])
    return [Cause("author", "", authors[key] * share * count, key) for key, count in counts.items()]


def _categories(taste: Taste, bits: NDArray[np.uint64]) -> list[Cause]:
    return [
        Cause("category", categories.code(number), weight)
        for number, weight in zip(
            taste.categories.tolist(), taste.category_weights.tolist(), strict=True
        )
        if int(bits[number // 64]) >> (number % 64) & 1
    ]


def _year(taste: Taste, year: int) -> list[Cause]:
    if not len(taste.year_weights):
        return []
    weight = float(taste.year_weights[eras.places(np.array([year]))[0]])
    return [Cause("year", str(year), weight)]


def _vector(taste: Taste, row: Rows) -> list[Cause]:
    if taste.vector is None:
        return []
    dot = float(row.codes[0].astype(np.float32) @ taste.vector * row.scales[0])
    return [Cause("vector", "", dot + taste.vector_bias)]
