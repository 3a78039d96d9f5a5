"""Exact scores: what each signal adds for given rows. Every list goes through `parts`."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core import eras
from bookwheel.core.encoder import Encoder
from bookwheel.core.taste import Background, Examples, Taste, standardise
from bookwheel.index import vectors
from bookwheel.index.columns import Facts
from bookwheel.index.lexical import Lexical
from bookwheel.index.segment import WEIGHTS, Rows, author_share
from bookwheel.index.syntax import Search, Word
from bookwheel.index.words import plain_words

MEANING_SHARE = 1.0  # standard deviations of meaning ...
LEXICAL_SHARE = 40.0  # ... against a paper that has every word as well as can be
TOO_COMMON = 0.5  # of all papers have the word: it tells nothing
COMMON = 5  # such words looked up where there are no others; they take long
SATURATION = 2.2  # k1 + 1: what a word can add at most, times its idf (BM25 with k1 = 1.2)

Floats = NDArray[np.float32]


def parts(taste: Taste, rows: Rows, facts: Facts) -> dict[str, Floats]:
    """What words, authors, categories, year and vector add to each row's score, float32 [n] each.

    `facts` are of the same rows.
    """
    result: dict[str, Floats] = {}
    if len(taste.features):
        result["terms"] = _terms(taste, rows)
    if len(taste.authors):
        sums = _by_row(
            rows.author_starts, _lookup(taste.authors, taste.author_weights, rows.authors)
        )
        result["authors"] = sums * author_share(np.diff(rows.author_starts))
    if len(taste.categories):
        result["categories"] = by_category(taste, facts.categories)
    if len(taste.year_weights):
        result["years"] = by_year(taste, facts.years)
    if taste.vector is not None:
        dots = (rows.codes.astype(np.float32) @ taste.vector) * rows.scales
        result["vector"] = dots + np.float32(taste.vector_bias)
    return result


def _terms(taste: Taste, rows: Rows) -> Floats:
    table = np.zeros(
        max(int(taste.features.max()), int(rows.features.max(initial=0))) + 1, np.float32
    )
    table[taste.features] = taste.feature_weights
    sums = _by_row(rows.starts, table[rows.features] * WEIGHTS[rows.weights])
    return sums + np.float32(taste.feature_bias)


def _by_row(starts: NDArray[np.int64], values: Floats) -> Floats:
    """Sum of each row's values."""
    owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return np.bincount(owner, values, minlength=len(starts) - 1).astype(np.float32)


def _lookup(keys: NDArray[np.int32], weights: Floats, wanted: NDArray[np.int32]) -> Floats:
    """Weight of each wanted key, 0 where it has none; keys are sorted."""
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, weights[places], np.float32(0)).astype(np.float32)


def by_category(taste: Taste, bits: NDArray[np.uint64], *, most: int | None = None) -> Floats:
    """What categories add to the score of each row; with `most`, only the strongest of them."""
    total = np.zeros(len(bits), np.float32)
    for place in np.argsort(-taste.category_weights)[:most].tolist():
        word, bit = divmod(int(taste.categories[place]), 64)
        weight = taste.category_weights[place]
        total += weight * ((bits[:, word] >> np.uint64(bit)) & np.uint64(1)).astype(np.float32)
    return total


def by_year(taste: Taste, years: NDArray[np.int16]) -> Floats:
    """What the year adds to the score of each row."""
    if not len(taste.year_weights):
        return np.zeros(len(years), np.float32)
    return taste.year_weights[eras.places(years)]


def meaning(search: Search, encoder: Encoder, background: Background) -> Taste:
    """What a search means, as a taste that has nothing but a standardised vector.

    Words that were never learned mean nothing by themselves: then the taste is empty.
    """
    counts = encoder.count([search.text])
    if not (counts.features < encoder.features.known).any():
        return Taste()
    vector = encoder.dense(counts)[0]
    scaled, bias = standardise(vector, background.vectors @ vector, MEANING_SHARE)
    return Taste(vector=scaled, vector_bias=bias)


def telling(search: Search, lexical: Lexical, rows: int) -> Search:
    """The search without words that too many papers have; if all are such, with the rarest.

    The parts of a hyphenated word are wishes of their own: papers spell it in either way.
    """
    words = [word for wish in search.wanted for word in plain_words(wish.text)]
    if not words:  # none, or none that the index can hold
        return search
    frequency = {word: lexical.frequency(word) for word in words}
    kept = [word for word in frequency if frequency[word] <= TOO_COMMON * rows]
    if not kept:
        rarest = sorted(frequency, key=frequency.__getitem__)[:COMMON]
        kept = [word for word in frequency if word in rarest]
    return replace(search, wanted=tuple(map(Word, kept)))


def lexical_scale(search: Search, lexical: Lexical, rows: int) -> np.float32:
    """Factor that brings BM25 to 0 .. LEXICAL_SHARE, however many and rare the words are."""
    words = [word.text for word in search.wanted] or search.text.split()
    best = sum(idf(lexical.frequency(word), rows) for word in words)
    return np.float32(LEXICAL_SHARE / (SATURATION * best) if best else 0.0)


def idf(frequency: int, rows: int) -> float:
    """Inverse document frequency, as BM25 has it."""
    return math.log(1 + (max(rows - frequency, 0) + 0.5) / (frequency + 0.5))


def examples(rows: Rows, facts: Facts) -> Examples:
    """Gathered rows as examples to fit a taste from."""
    bits = np.ascontiguousarray(facts.categories).view(np.uint8)
    unpacked = np.unpackbits(bits, axis=1, bitorder="little")
    return Examples(
        vectors=vectors.restore(rows.codes, rows.scales),
        starts=rows.starts,
        features=rows.features,
        weights=WEIGHTS[rows.weights],
        authors=tuple(np.split(rows.authors, rows.author_starts[1:-1])) if len(rows) else (),
        categories=tuple(np.flatnonzero(row) for row in unpacked),
        years=facts.years,
    )
