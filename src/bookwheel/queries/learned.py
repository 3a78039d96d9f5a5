"""What a tag has learned, word by word, with weights; and one paper's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bookwheel.core import categories
from bookwheel.core.steering import Levels, Steering, author_label_of, author_parts
from bookwheel.core.taste import Taste
from bookwheel.core.text import author_hashes, paper_text
from bookwheel.index import exact
from bookwheel.index.engine import Engine
from bookwheel.index.segment import WEIGHTS
from bookwheel.models import Paper, Tag
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import LATEST, Interest, interest_of
from bookwheel.queries.steering import steering_of

MOST_LIKED, LEAST_LIKED = 40, 20
AUTHORS, PAPERS = 20, 12


@dataclass(frozen=True)
class Weighted:
    """A word, author, category or paper; `size` is the weight against the largest, 0 to 1.

    `name` is what steering calls it, and `level` what the reader said of it.
    """

    label: str
    weight: float
    size: float
    name: str = ""
    level: str = ""


@dataclass(frozen=True)
class Learned:
    """What raises and lowers a paper under one tag, the strongest first."""

    papers: int
    steering: Steering
    raising: tuple[Weighted, ...] = ()
    lowering: tuple[Weighted, ...] = ()
    authors: tuple[Weighted, ...] = ()
    categories: tuple[Weighted, ...] = ()
    exemplars: tuple[tuple[Paper, Weighted], ...] = ()


def learned(tag: Tag) -> Learned:
    """What one tag has learned from its papers and was told; all is empty while there is nothing.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    interest = interest_of(tag)
    told = interest.steering
    taste = interest.taste(opened)
    if taste.vector is None:
        return Learned(len(interest.papers), steering_of(tag)[0])
    words = _words(opened, taste, interest)
    raising = [pair for pair in words if pair[1] > 0 and pair[0] not in told.words]
    lowering = [pair for pair in reversed(words) if pair[1] < 0 and pair[0] not in told.words]
    return Learned(
        papers=len(interest.papers),
        steering=told,
        raising=_sized([*_said(words, told.words), *raising[:MOST_LIKED]], told.words),
        lowering=_sized(lowering[:LEAST_LIKED], {}),
        authors=_sized(_first(_authors(taste, interest.papers), told.authors), told.authors),
        categories=_sized(_first(_categories(taste), told.categories), told.categories),
        exemplars=tuple(_exemplars(opened, taste, interest)),
    )


def _said(pairs: list[tuple[str, float]], levels: Levels) -> list[tuple[str, float]]:
    """What the reader spoke of, whether it has a weight or, muted perhaps, none."""
    known = dict(pairs)
    return [(name, known.get(name, 0.0)) for name in levels]


def _first(pairs: list[tuple[str, float]], levels: Levels) -> list[tuple[str, float]]:
    """The same, and then what was learned."""
    return [*_said(pairs, levels), *(pair for pair in pairs if pair[0] not in levels)]


def _exemplars(
    opened: Engine, taste: Taste, interest: Interest
) -> Iterable[tuple[Paper, Weighted]]:
    """Papers of the tag that say most of what it looks for; those that were spoken of all."""
    rows = opened.columns.rows_of(np.array(interest.papers, np.int64))
    rows = rows[rows >= 0]
    chances = taste.probability(exact.scorer(opened, rows)(taste))
    order = np.argsort(-chances, kind="stable")
    numbers = opened.columns.papers[rows[order]].tolist()
    levels = interest.steering.papers
    shown = [
        (number, float(chances[at]))
        for place, (number, at) in enumerate(zip(numbers, order, strict=True))
        if place < PAPERS or str(number) in levels
    ]
    papers = Paper.objects.in_bulk([number for number, _ in shown])
    for number, chance in shown:
        if number in papers:
            name = str(number)
            yield papers[number], Weighted("", chance, chance, name, levels.get(name, ""))


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
        [(labels[one], float(weights[at])) for one, at in zip(features, order, strict=True)], {}
    )


def _words(opened: Engine, taste: Taste, interest: Interest) -> list[tuple[str, float]]:
    """The words of a taste, the strongest first; one that nobody spells any more is left out."""
    order = np.argsort(-taste.feature_weights)
    features = taste.features[order].tolist()
    liked = Paper.objects.filter(pk__in=interest.papers[:LATEST]).only("title", "abstract")
    told = [interest.steering.sentence, *interest.steering.words]
    labels = _labels(opened, features, liked, told)
    weighted = zip(features, taste.feature_weights[order].tolist(), strict=True)
    return [(labels[one], weight) for one, weight in weighted if one in labels]


def _labels(
    opened: Engine, features: Sequence[int], papers: Iterable[Paper], told: Iterable[str] = ()
) -> dict[int, str]:
    """Spell features, those outside the vocabulary as papers have them, or what was told."""
    known = opened.encoder.features
    found = {one: label for one in features if (label := known.label(one))}
    if len(found) < len(features):
        for paper in papers:
            found |= opened.encoder.unlisted(paper_text(paper.title, paper.abstract))
        found |= opened.encoder.unlisted(" ".join(told))
    return found


def _authors(taste: Taste, papers: tuple[int, ...]) -> list[tuple[str, float]]:
    names: dict[int, str] = {}
    for authors in Paper.objects.filter(pk__in=papers[:LATEST]).values_list("authors", flat=True):
        labels = [author_label_of(name[0], name[1]) for name in authors]
        hashes = author_hashes(map(author_parts, labels)).tolist()
        names.update(zip(hashes, labels, strict=True))
    pairs = zip(taste.authors.tolist(), taste.author_weights.tolist(), strict=True)
    known = [(names[key], weight) for key, weight in pairs if key in names]
    return sorted(known, key=lambda pair: -pair[1])[:AUTHORS]


def _categories(taste: Taste) -> list[tuple[str, float]]:
    pairs = zip(taste.categories.tolist(), taste.category_weights.tolist(), strict=True)
    named = [(categories.code(number), weight) for number, weight in pairs if weight]
    return sorted(named, key=lambda pair: -pair[1])


def _sized(pairs: list[tuple[str, float]], levels: Levels) -> tuple[Weighted, ...]:
    largest = max((abs(weight) for _, weight in pairs), default=1.0) or 1.0
    return tuple(
        Weighted(name, weight, abs(weight) / largest, name, levels.get(name, ""))
        for name, weight in pairs
    )
