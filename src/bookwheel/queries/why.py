"""The whole sum behind one score, and the same sum spread over the words of the abstract."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.encoder import Share
from bookwheel.core.taste import Taste
from bookwheel.core.text import paper_text
from bookwheel.errors import NotFoundError
from bookwheel.index.engine import Engine
from bookwheel.index.explain import Cause
from bookwheel.index.segment import WEIGHTS, Rows
from bookwheel.models import Paper, Reader, Tag
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import interests
from bookwheel.queries.reasons import author_names, word_labels

SHOWN = 24  # largest summands listed one by one; the others are added up in one line


@dataclass(frozen=True)
class Summand:
    """One line of the sum. kind: "word", "author", "category", "vector", "others" or "start"."""

    kind: str
    label: str
    amount: float


@dataclass(frozen=True)
class Why:
    """Why a paper has its score for one interest. The summands add up to `score`."""

    tag: Tag | None  # None: all that is liked without a tag
    score: float  # standard deviations above papers in general
    chance: float  # the same between 0 and 1, as the card shows it
    summands: tuple[Summand, ...]
    title: tuple[Share, ...]  # places in the title and what stands there gave
    abstract: tuple[Share, ...]


def why(reader: Reader, paper: Paper, tag: Tag | None = None) -> Why:
    """Explain a paper's score for a tag, or for the interest that likes it most.

    Raises:
        NotFoundError: the reader has no such interest yet, or the paper is not indexed.
        IndexMissingError: nothing was indexed yet.
    """
    opened = engine()
    rows = opened.columns.rows_of(np.array([paper.pk], np.int64))
    if rows[0] < 0:
        raise NotFoundError("This paper is not in the index yet. `bookwheel index` adds it.")
    tastes = ((each, each.taste(opened)) for each in interests(reader, [tag] if tag else None))
    learned = [(each, taste) for each, taste in tastes if taste.vector is not None]
    if not learned:
        raise NotFoundError("Like or tag a paper first: then there is a ranking to explain.")
    interest, taste = max(learned, key=lambda each: _chance(opened, each[1], rows))
    title, abstract = _shades(opened, taste, opened.take(rows), paper)
    return Why(
        tag=interest.tag,
        score=_score(opened, taste, rows),
        chance=_chance(opened, taste, rows),
        summands=tuple(_lines(opened, opened.causes(taste, rows)[0], taste, paper)),
        title=title,
        abstract=abstract,
    )


def _score(opened: Engine, taste: Taste, rows: NDArray[np.intp]) -> float:
    return sum(cause.amount for cause in opened.causes(taste, rows)[0]) + taste.feature_bias


def _chance(opened: Engine, taste: Taste, rows: NDArray[np.intp]) -> float:
    return float(taste.probability(np.array([_score(opened, taste, rows)], np.float32))[0])


def _lines(opened: Engine, found: list[Cause], taste: Taste, paper: Paper) -> list[Summand]:
    shown, names = found[:SHOWN], author_names(paper)
    words = [cause for cause in shown if cause.kind == "word"]
    labels = dict(zip(words, word_labels(opened, words, paper), strict=True))
    lines = [
        Summand(one.kind, labels.get(one) or one.label or names.get(one.key, ""), one.amount)
        for one in shown
    ]
    if rest := found[SHOWN:]:
        lines.append(Summand("others", str(len(rest)), sum(cause.amount for cause in rest)))
    return [*lines, Summand("start", "", taste.feature_bias)]


def _shades(
    opened: Engine, taste: Taste, row: Rows, paper: Paper
) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """What each place of title and abstract gave, words and vector together."""
    text = paper_text(paper.title, paper.abstract)
    amounts = _by_feature(opened, taste, row)
    counts = opened.encoder.count([text])
    parts = np.array([amounts.get(feature, 0.0) for feature in counts.features.tolist()])
    shares = opened.encoder.spread(text, counts, parts)
    if taste.vector is not None:
        length = float(np.linalg.norm(taste.vector))
        shares += [
            Share(one.start, one.end, one.word, one.share * length)
            for one in opened.encoder.shares(text, taste.vector)
        ]
    return _split(_add_up(shares), len(paper.title))


def _by_feature(opened: Engine, taste: Taste, row: Rows) -> dict[int, float]:
    table = np.zeros(opened.encoder.size, np.float32)
    table[taste.features] = taste.feature_weights
    amounts = table[row.features] * WEIGHTS[row.weights]
    return dict(zip(row.features.tolist(), amounts.tolist(), strict=True))


def _add_up(shares: list[Share]) -> list[Share]:
    totals: dict[tuple[int, int, str], float] = {}
    for one in shares:
        place = (one.start, one.end, one.word)
        totals[place] = totals.get(place, 0.0) + one.share
    return [Share(*place, amount) for place, amount in sorted(totals.items())]


def _split(shares: list[Share], title: int) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
    """Shares of the title, which stands twice with line ends after it, and of the abstract."""
    again, after = title + 1, 2 * title + 2
    moved = [_moved(one, again if again <= one.start < after else 0) for one in shares]
    return (
        tuple(_add_up([one for one in moved if one.end <= title])),
        tuple(_moved(one, after) for one in moved if one.start >= after),
    )


def _moved(one: Share, places: int) -> Share:
    return Share(one.start - places, one.end - places, one.word, one.share)
