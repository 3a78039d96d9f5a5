"""Why papers stand where they stand, in the few words that a card has room for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bookwheel.core import text
from bookwheel.core.taste import Taste, nearest
from bookwheel.index import vectors
from bookwheel.index.engine import Engine
from bookwheel.index.explain import Cause
from bookwheel.models import Paper
from bookwheel.queries.cards import Reason

WORDS = 4  # words named on a card
AUTHORS = 2
CATEGORIES = 1
WORTH_NAMING = 0.03  # share of the score below which a word is not named
CLOSE = 0.25  # cosine above which a liked paper is named


def reasons(
    engine: Engine, taste: Taste, rows: NDArray[np.intp], papers: Sequence[Paper]
) -> list[tuple[Reason, ...]]:
    """For each row the words, authors and category that raised it most; `papers` are the rows'."""
    found = zip(engine.causes(taste, rows), papers, strict=True)
    return [tuple(_named(engine, causes, paper)) for causes, paper in found]


def _named(engine: Engine, found: list[Cause], paper: Paper) -> list[Reason]:
    raised = [cause for cause in found if cause.amount > 0]
    total = sum(cause.amount for cause in raised) or 1.0
    words = [cause for cause in raised if cause.kind == "word"]
    worth = [cause for cause in words if cause.amount / total >= WORTH_NAMING][:WORDS]
    names, labels = author_names(paper), word_labels(engine, worth, paper)
    named = [
        Reason("word", label, cause.amount / total)
        for cause, label in zip(worth, labels, strict=True)
    ]
    authors = [cause for cause in raised if cause.kind == "author" and cause.key in names]
    named += [Reason("author", names[one.key], one.amount / total) for one in authors[:AUTHORS]]
    fields = [cause for cause in raised if cause.kind == "category"]
    named += [Reason("category", one.label, one.amount / total) for one in fields[:CATEGORIES]]
    return named


def word_labels(engine: Engine, words: Sequence[Cause], paper: Paper) -> list[str]:
    """Spell the words of causes, those outside the vocabulary as the paper has them."""
    if all(cause.label for cause in words):
        return [cause.label for cause in words]
    theirs = engine.encoder.unlisted(text.paper_text(paper.title, paper.abstract))
    return [cause.label or theirs.get(cause.key, "") for cause in words]


def author_names(paper: Paper) -> dict[int, str]:
    """Hash of each author's key, and the name as the paper spells it."""
    names = [(name[0], name[1]) for name in paper.authors]
    hashes = text.author_hashes(names).tolist()
    return {
        key: f"{given} {family}".strip() for key, (family, given) in zip(hashes, names, strict=True)
    }


def nearest_liked(
    engine: Engine, rows: NDArray[np.intp], liked: Sequence[int]
) -> list[tuple[int, float] | None]:
    """For each row the liked paper that is most like it, with the cosine, if one is close."""
    theirs = engine.columns.rows_of(np.array(liked, np.int64))
    theirs = theirs[theirs >= 0]
    if not len(theirs) or not len(rows):
        return [None] * len(rows)
    mine, others = engine.take(rows), engine.take(theirs)
    best, cosines = nearest(
        vectors.restore(mine.codes, mine.scales), vectors.restore(others.codes, others.scales)
    )
    papers = engine.columns.papers[theirs[best]]
    return [
        (int(paper), float(cosine)) if cosine >= CLOSE else None
        for paper, cosine in zip(papers, cosines, strict=True)
    ]
