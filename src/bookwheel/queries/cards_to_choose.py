"""The next "this or that": two papers whose comparison tells a tag most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.telling import most_telling
from bookwheel.index import exact
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query
from bookwheel.index.vectors import restore
from bookwheel.models import Paper, Tag
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import Interest, hidden, interest_of
from bookwheel.queries.never import filtered

NEAR, FAR = 100, 80  # papers looked at: what the tag likes so far, and any of the newest
RECENT = 5000  # papers from which the latter are drawn
ENOUGH = 10  # cards to begin with


def next_pair(tag: Tag, skip: int = 0) -> tuple[Paper, Paper] | None:
    """Two papers not asked about before; `skip` passes over so many pairs. None: none are left.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    numbers = pair_of(engine(), interest_of(tag), skip)
    papers = Paper.objects.in_bulk(numbers or ())
    if numbers is None or len(papers) < 2:
        return None
    return papers[numbers[0]], papers[numbers[1]]


def pair_of(opened: Engine, interest: Interest, skip: int = 0) -> tuple[int, int] | None:
    """The same for any interest, as numbers of papers."""
    rows = _pool(opened, interest)
    if len(rows) < 2:
        return None
    taken = opened.take(rows)
    taste = interest.taste(opened)
    scores = exact.scorer(opened, rows)(taste)
    chances = taste.probability(scores) if taste.vector is not None else np.zeros_like(scores)
    pairs = most_telling(restore(taken.codes, taken.scales), chances, skip + 1)
    if len(pairs) <= skip:
        return None
    one, other = opened.columns.papers[rows[list(pairs[skip])]].tolist()
    return one, other


def _pool(opened: Engine, interest: Interest) -> NDArray[np.intp]:
    """Papers to choose from: neither kept, hidden nor asked about before."""
    asked = {number for pair in interest.steering.choices for number in pair}
    known = asked | set(interest.papers)
    if interest.tag:
        known |= hidden(interest.tag.reader)
    without = np.array(sorted(known), np.int64)
    filters = filtered(opened, interest, Filters(without=without))
    taste = interest.taste(opened)
    near = np.empty(0, np.intp)
    if taste.vector is not None:
        near = opened.search(Query(taste=taste, filters=filters, k=NEAR)).rows
    newest = opened.columns.newest[:RECENT]
    newest = newest[~np.isin(opened.columns.papers[newest], without)]
    size = min(FAR, len(newest))
    drawn = np.random.default_rng(len(asked)).choice(newest, size, replace=False)
    return np.union1d(near, drawn)
