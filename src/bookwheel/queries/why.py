"""The whole sum behind one score, and the same sum spread over the words of the abstract."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.encoder import Share
from bookwheel.core.taste import Taste
from bookwheel.errors import NotFoundError
from bookwheel.index.engine import Engine
from bookwheel.index.explain import Cause
from bookwheel.models import Paper, Reader, Tag
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import interests
from bookwheel.queries.reasons import author_names, word_labels
from bookwheel.queries.shades import shades

SHOWN = 24  # largest summands listed one by one; the others are added up in one line


@dataclass(frozen=True)
class Summand:
    """One line of the sum.

    kind: "word", "author", "category", "year", "vector", "others" or "start".
    """

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
    # Places in the title and what stands there gave: words and meaning, all that is not author,
    # category or start.
    title: tuple[Share, ...]
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
    title, abstract = shades(opened, taste, opened.take(rows), paper)
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
    found = [_without_start(one, taste) for one in found]
    shown, names = found[:SHOWN], author_names(paper)
    words = [cause for cause in shown if cause.kind == "word"]
    labels = dict(zip(words, word_labels(opened, words, paper), strict=True))
    lines = [
        Summand(one.kind, labels.get(one) or one.label or names.get(one.key, ""), one.amount)
        for one in shown
    ]
    if rest := found[SHOWN:]:
        lines.append(Summand("others", str(len(rest)), sum(cause.amount for cause in rest)))
    return [*lines, Summand("start", "", taste.feature_bias + taste.vector_bias)]


def _without_start(cause: Cause, taste: Taste) -> Cause:
    """What the meaning adds without what it starts from, so that words and meaning stand alike."""
    if cause.kind != "vector":
        return cause
    return replace(cause, amount=cause.amount - taste.vector_bias)
