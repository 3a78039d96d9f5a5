"""What a tag has learned, word by word, with weights; and one paper's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bookwheel.core import categories
from bookwheel.core.taste import Taste
from bookwheel.core.text import paper_text
from bookwheel.index.engine import Engine
from bookwheel.index.segment import WEIGHTS
from bookwheel.models import Paper, Tag
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import interests
from bookwheel.queries.reasons import author_names

MOST_LIKED, LEAST_LIKED = 40, 20
AUTHORS = 20


@dataclass(frozen=True)
class Weighted:
    """A word, author or category; `size` is the weight against the largest, 0 to 1."""

    label: str
    weight: float
    size: float


@dataclass(frozen=True)
class Learned:
    """What raises and lowers a paper under one tag, the strongest first."""

    papers: int
    raising: tuple[Weighted, ...]
    lowering: tuple[Weighted, ...]
    authors: tuple[Weighted, ...]
    categories: tuple[Weighted, ...]


def learned(tag: Tag) -> Learned:
    """What one tag has learned from its papers; everything is empty while it has none.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    found = interests(tag.reader, [tag])
    if not found:
        return Learned(0, (), (), (), ())
    taste = found[0].taste(opened)
    words = _words(opened, taste, found[0].papers)
    return Learned(
        papers=len(found[0].papers),
        raising=_sized([pair for pair in words if pair[1] > 0][:MOST_LIKED]),
        lowering=_sized([pair for pair in reversed(words) if pair[1] < 0][:LEAST_LIKED]),
        authors=_sized(_authors(taste, found[0].papers)),
        categories=_sized(_categories(taste)),
    )


def own_words(paper: Paper) -> tuple[Weighted, ...]:
    """The words that set one paper apart, with their TF-IDF weights.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    rows = opened.columns.rows_of(np.array([paper.pk], np.int64))
    row = opened.take(rows[rows >= 0])
    weights = WEIGHTS[row.weights]
    order = np.argsort(-weights)[:MOST_LIKED]
    features = row.features[order].tolist()
    labels = _labels(opened, features, [paper])
    return _sized(
        [(labels[one], float(weights[at])) for one, at in zip(features, order, strict=True)]
    )


def _words(opened: Engine, taste: Taste, papers: tuple[int, ...]) -> list[tuple[str, float]]:
    """The words of a taste, the strongest first; one that no paper spells any more is left out."""
    order = np.argsort(-taste.feature_weights)
    features = taste.features[order].tolist()
    liked = Paper.objects.filter(pk__in=papers).only("title", "abstract")
    labels = _labels(opened, features, liked)
    weighted = zip(features, taste.feature_weights[order].tolist(), strict=True)
    return [(labels[one], weight) for one, weight in weighted if one in labels]


def _labels(opened: Engine, features: Sequence[int], papers: Iterable[Paper]) -> dict[int, str]:
    """Spell features, those outside the vocabulary as papers have them."""
    known = opened.encoder.features
    found = {one: label for one in features if (label := known.label(one))}
    if len(found) < len(features):
        for paper in papers:
            found |= opened.encoder.unlisted(paper_text(paper.title, paper.abstract))
    return found


def _authors(taste: Taste, papers: tuple[int, ...]) -> list[tuple[str, float]]:
    names: dict[int, str] = {}
    for paper in Paper.objects.filter(pk__in=papers).only("authors"):
        names.update(author_names(paper))
    pairs = zip(taste.authors.tolist(), taste.author_weights.tolist(), strict=True)
    known = [(names[key], weight) for key, weight in pairs if key in names]
    return sorted(known, key=lambda pair: -pair[1])[:AUTHORS]


def _categories(taste: Taste) -> list[tuple[str, float]]:
    pairs = zip(taste.categories.tolist(), taste.category_weights.tolist(), strict=True)
    named = [(categories.code(number), weight) for number, weight in pairs if weight]
    return sorted(named, key=lambda pair: -pair[1])


def _sized(pairs: list[tuple[str, float]]) -> tuple[Weighted, ...]:
    largest = max((abs(weight) for _, weight in pairs), default=1.0)
    return tuple(Weighted(label, weight, abs(weight) / largest) for label, weight in pairs)
