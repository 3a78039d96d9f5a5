"""One tag's model: fit from likes and hides, score, explain.

A taste is a linear score over the features of a paper: words (TF-IDF), authors, categories, the
year and one dense vector. Each of n authors counts 1/sqrt(n), so that a list of thousands is no
better than one. Fitting looks only at the liked and hidden papers, at a `Background` that is shared
by all readers, and at `echoes`; it never visits the corpus. The dense side is a shrunken linear
discriminant (Friedman, "Regularized discriminant analysis", 1989), the words a centroid against the
background (Rocchio, 1971), in which words that several likes share count more. Each side is
standardised on the background sample, so that the two can be added. Where likes are few, the papers
that a first fit ranks highest, the echoes, stand beside them at a lower weight (pseudo-relevance
feedback: Buckley et al., "Automatic query expansion using SMART: TREC 3", 1994).

Leaves out: how much each side counts (`shares.py`), how rows are found and read (`index/`), and
what is a like (`models/`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from bookwheel.core import eras
from bookwheel.core.shares import Shares

Floats = NDArray[np.float32]

WORDS_KEPT = 256  # features with the largest weights make the model
HIDE_SHARE = 0.2  # how far hidden papers push away, against how far liked ones draw
AGREEMENT = 0.5  # power above 1 of a word's mean weight in few likes: what all of them have counts
AGREEMENT_LIKES = 10  # ... and so many likes halve it
MEANING_LIKES = 30  # vectors count up to twice as much; at so many likes half of that is gained
ECHO_SHARE = 1.0  # of all echoes together, against one like; against n likes 1/n of it
SHRINKAGE = 0.9  # of the covariance towards a multiple of the identity
LIKES_DISCOUNT = 0.5
EVEN = 1e-3  # deviation, against the largest score, below which all are taken to be equal
TINY = 1e-6


@dataclass(frozen=True)
class Background:
    """What papers in general are like: computed once at indexing, shared by all readers.

    The sample's words are a CSR matrix: `starts` [m + 1], `features`, `weights` (TF-IDF).
    """

    mean: Floats  # [d] of dense vectors
    covariance: Floats  # [d, d]
    vectors: Floats  # [m, d] sample
    starts: NDArray[np.int64]
    features: NDArray[np.int32]
    weights: Floats
    word_means: Floats  # [V] mean TF-IDF weight of each feature
    category_shares: Floats  # [C] share of papers in each category
    year_shares: Floats  # [eras.SPAN] share of papers in each year

    @cached_property
    def _postings(self) -> tuple[NDArray[np.int64], NDArray[np.intp], Floats]:
        """The sample's words turned around: where each feature starts [V + 1], rows, weights."""
        order = np.argsort(self.features, kind="stable")
        rows = np.repeat(np.arange(len(self.vectors)), np.diff(self.starts))
        sizes = np.bincount(self.features, minlength=len(self.word_means))
        return np.concatenate([[0], np.cumsum(sizes)]), rows[order], self.weights[order]

    def word_scores(self, features: NDArray[np.int32], weights: Floats) -> Floats:
        """Scores of the sample under the weights of some features, float32 [m]."""
        starts, rows, held = self._postings
        first, sizes = starts[features], starts[features + 1] - starts[features]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + sizes, sizes)
        products = held[places] * np.repeat(weights, sizes)
        return np.bincount(rows[places], products, len(self.vectors)).astype(np.float32)

    @cached_property
    def whitener(self) -> Floats:
        """Inverse of the shrunken covariance [d, d]."""
        size = len(self.mean)
        even = np.trace(self.covariance) / size
        shrunken = (1 - SHRINKAGE) * self.covariance + SHRINKAGE * even * np.eye(size)
        shrunken = shrunken + TINY * np.eye(size)
        return cast("Floats", np.linalg.inv(shrunken.astype(np.float64)).astype(np.float32))


@dataclass(frozen=True)
class Examples:
    """Features of n papers: dense vectors [n, d], words as CSR, authors, categories, years.

    `years` has the years that are known, in no order: at most n.
    """

    vectors: Floats
    starts: NDArray[np.int64]
    features: NDArray[np.int32]
    weights: Floats
    authors: tuple[NDArray[np.int32], ...]
    categories: tuple[NDArray[np.intp], ...]
    years: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.vectors)

    def centroid(self, features: NDArray[np.int32]) -> Floats:
        """Mean TF-IDF weight of each of these features, which ascend and lack none of theirs."""
        places = np.searchsorted(features, self.features)
        total = np.bincount(places, self.weights, minlength=len(features))
        return (total / max(len(self), 1)).astype(np.float32)


def _no_numbers() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


def _no_floats() -> Floats:
    return np.empty(0, np.float32)


@dataclass(frozen=True)
class Taste:
    """A learned query. score = bias + words + authors + categories + year + vector, in standard
    deviations above what papers in general get.
    """

    features: NDArray[np.int32] = field(default_factory=_no_numbers)
    feature_weights: Floats = field(default_factory=_no_floats)
    authors: NDArray[np.int32] = field(default_factory=_no_numbers)  # hashes of author keys
    author_weights: Floats = field(default_factory=_no_floats)
    categories: NDArray[np.int32] = field(default_factory=_no_numbers)
    category_weights: Floats = field(default_factory=_no_floats)
    year_weights: Floats = field(default_factory=_no_floats)  # [eras.SPAN], or none
    vector: Floats | None = None  # [d]
    vector_bias: float = 0.0
    feature_bias: float = 0.0
    middle: float = 0.0  # score that reads as 0.5
    slope: float = 1.0

    def probability(self, scores: Floats) -> Floats:
        """Scores as numbers between 0 and 1 that can be compared between tags and days."""
        return cast("Floats", expit(self.slope * (scores - self.middle)))


def fit(
    likes: Examples, hides: Examples, background: Background, *, echoes: Examples | None = None
) -> Taste:
    """Fit a taste. One like is enough; without any, the taste is empty and scores all papers 0."""
    if not len(likes):
        return Taste()
    vector, vector_bias = _fit_vector(likes, hides, background, echoes)
    features, words, feature_bias = _fit_words(likes, hides, background, echoes)
    authors, author_weights = _fit_authors(likes)
    categories, category_weights = _fit_categories(likes, background)
    sample = background.vectors @ vector + background.word_scores(features, words)
    mine = likes.vectors @ vector + _word_scores(likes, features, words)
    middle, slope = _calibrate(
        sample + vector_bias + feature_bias, mine + vector_bias + feature_bias
    )
    return Taste(
        features=features,
        feature_weights=words,
        authors=authors,
        author_weights=author_weights,
        categories=categories,
        category_weights=category_weights,
        year_weights=np.float32(Shares.shipped().years)
        * eras.fit(likes.years, background.year_shares),
        vector=vector,
        vector_bias=vector_bias,
        feature_bias=feature_bias,
        middle=middle,
        slope=slope,
    )


def _fit_vector(
    likes: Examples, hides: Examples, background: Background, echoes: Examples | None
) -> tuple[Floats, float]:
    middle = likes.vectors.mean(axis=0)
    if echoes is not None and len(echoes):
        middle = _drawn(middle, echoes.vectors.mean(axis=0), len(likes))
    direction = middle - background.mean
    if len(hides):
        direction = direction - HIDE_SHARE * (hides.vectors.mean(axis=0) - background.mean)
    raw = background.whitener @ direction
    share = Shares.shipped().vector * (1 + len(likes) / (len(likes) + MEANING_LIKES))
    return standardise(raw, background.vectors @ raw, share)


def _fit_words(
    likes: Examples, hides: Examples, background: Background, echoes: Examples | None
) -> tuple[NDArray[np.int32], Floats, float]:
    """Features, ascending, with their weights and the bias. Others than the examples' have none."""
    given = [likes, hides] if echoes is None else [likes, hides, echoes]
    features = np.unique(np.concatenate([one.features for one in given]))
    usual = background.word_means[features]
    middle = likes.centroid(features)
    if echoes is not None and len(echoes):
        middle = _drawn(middle, echoes.centroid(features), len(likes))
    above = np.maximum(middle - usual, np.float32(0))
    power = 1 + AGREEMENT * AGREEMENT_LIKES / (len(likes) + AGREEMENT_LIKES)
    raw: Floats = np.power(above, power, dtype=np.float32)
    if len(hides):
        unit = HIDE_SHARE * float(raw.sum()) / max(float(above.sum()), TINY)
        against = np.maximum(hides.centroid(features) - usual, np.float32(0))
        raw -= np.float32(unit) * against
    present = np.flatnonzero(raw)
    kept = np.sort(present[np.argsort(-np.abs(raw[present]), kind="stable")[:WORDS_KEPT]])
    features, raw = features[kept], raw[kept]
    return features, *standardise(raw, background.word_scores(features, raw), 1.0)


def _drawn(middle: Floats, echo: Floats, likes: int) -> Floats:
    """The middle of so many likes, drawn towards that of their echoes."""
    share = ECHO_SHARE / likes
    return ((middle + share * echo) / (1 + share)).astype(np.float32)


def standardise(raw: Floats, sample: Floats, share: float) -> tuple[Floats, float]:
    """Scale weights so that scores over the sample have mean 0 and deviation `share`; and the bias.

    A sample of one paper, or of equal ones, has no deviation: it must not blow the scores up.
    """
    if not len(sample):
        return raw, 0.0
    scale = share / max(float(sample.std()), EVEN * float(np.abs(sample).max()), TINY)
    return (raw * scale).astype(np.float32), -float(sample.mean()) * scale


def _fit_authors(likes: Examples) -> tuple[NDArray[np.int32], Floats]:
    present = [authors for authors in likes.authors if len(authors)]
    if not present:
        return _no_numbers(), _no_floats()
    values = np.concatenate([np.full(len(one), 1 / np.sqrt(len(one))) for one in present])
    keys, places = np.unique(np.concatenate(present), return_inverse=True)
    weights = Shares.shipped().authors * np.bincount(places, values) / (len(likes) + 1)
    return keys.astype(np.int32), weights.astype(np.float32)


def _fit_categories(likes: Examples, background: Background) -> tuple[NDArray[np.int32], Floats]:
    counts = np.bincount(
        np.concatenate(likes.categories), minlength=len(background.category_shares)
    )
    shares = (counts + background.category_shares) / (len(likes) + 1)
    ratio = np.log(np.maximum(shares, TINY) / np.maximum(background.category_shares, 1e-4))
    present = np.flatnonzero(counts)
    weights = Shares.shipped().categories * np.maximum(ratio[present], 0)
    return present.astype(np.int32), weights.astype(np.float32)


def _word_scores(examples: Examples, features: NDArray[np.int32], words: Floats) -> Floats:
    rows = np.repeat(np.arange(len(examples)), np.diff(examples.starts))
    held = np.isin(examples.features, features)
    products = examples.weights[held] * words[np.searchsorted(features, examples.features[held])]
    return np.bincount(rows[held], products, minlength=len(examples)).astype(np.float32)


def _calibrate(sample: Floats, mine: Floats) -> tuple[float, float]:
    """Middle and slope: the best percent of papers in general reads 0.1, as good as a like 0.5."""
    high = float(np.quantile(sample, 0.99))
    # Likes score themselves too well; the discount stands in for leaving each one out.
    own = LIKES_DISCOUNT * float(np.median(mine))
    middle = max(own, high + 0.25)
    return middle, float(np.log(9)) / (middle - high)


def nearest(vectors: Floats, likes: Floats) -> tuple[NDArray[np.intp], Floats]:
    """For each vector [n, d] the position of the most similar like [m, d], and the cosine."""
    cosines = vectors @ likes.T
    best = cosines.argmax(axis=1)
    return best, cosines[np.arange(len(vectors)), best]
