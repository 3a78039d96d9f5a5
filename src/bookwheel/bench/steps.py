"""What the ranking engine needs, each question once, beside yardsticks of the same run.

Leaves out pages (`pages.py`) and imports (`speed.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bookwheel.bench import draws
from bookwheel.bench.full_text import FullText
from bookwheel.bench.questions import any_words, phrase, searches
from bookwheel.bench.report import Row
from bookwheel.bench.times import WARM_UP, timed, told
from bookwheel.bench.yardsticks import DIMENSIONS, products
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query
from bookwheel.index.syntax import parse

K = 50  # papers wanted of a ranking
SIX = "search, six words"  # what the outside yardstick is asked too


def search(engine: Engine, count: int) -> list[Row]:
    """Hybrid searches of several kinds, and Tantivy alone for the same words and filters."""
    titles = draws.titles(engine)
    last = int(engine.columns.days.max(initial=0))
    everything, count = Filters(), count + WARM_UP
    kinds = {
        "search, two words": (any_words(2), everything),
        SIX: (any_words(6), everything),
        "search, phrase": (phrase, everything),
        "search, in cs": (any_words(6), Filters(categories=("cs",))),
        "search, of a year": (any_words(6), Filters(first_day=last - 365)),
        "search, of a month": (any_words(6), Filters(first_day=last - 30)),
    }
    return [
        row
        for step, (draw, filters) in kinds.items()
        for row in _search(engine, step, searches(titles, count, draw), filters)
    ]


def _search(engine: Engine, step: str, asked: Sequence[str], filters: Filters) -> list[Row]:
    queries = [Query(search=parse(text), filters=filters) for text in asked]

    def words_alone(query: Query) -> object:
        assert query.search
        return engine.lexical.best(query.search, query.filters, 10)

    return [
        told("hybrid", step, timed(engine.search, queries)),
        told("lexical", step, timed(words_alone, queries)),
    ]


def full_text(engine: Engine, count: int) -> list[Row]:
    """SQLite's full-text search: filling it, and asking it for the same words."""
    asked = searches(draws.titles(engine), count, any_words(6))
    filled = FullText()
    method = f"sqlite-fts5 of {filled.papers:,}"
    return [
        {"method": method, "step": "index", "papers/s": filled.papers / filled.seconds},
        told(method, SIX, filled.times(asked)),
    ]


def rank(engine: Engine, count: int) -> list[Row]:
    """Fitting a taste from five likes and ranking all papers by it, or those of a month."""
    count += WARM_UP
    month = Filters(first_day=int(engine.columns.days.max(initial=0)) - 30)
    liked = draws.of_one_subject(engine, 3 * count)
    mixed = draws.of_any_subject(engine, count)

    def ranked(filters: Filters) -> Callable[[tuple[int, ...]], object]:
        return lambda liked: engine.search(Query(taste=engine.taste(liked), filters=filters, k=K))

    return [
        told("ours", "rank, only fit", timed(engine.taste, liked[:count])),
        told("ours", "rank, 5 likes", timed(ranked(Filters()), liked[count : 2 * count])),
        told("ours", "rank, 5 likes of any subject", timed(ranked(Filters()), mixed)),
        told("ours", "rank, of a month", timed(ranked(month), liked[2 * count :])),
    ]


def similar(engine: Engine, count: int) -> list[Row]:
    """Papers like one."""

    def near(paper: int) -> object:
        others = Filters(without=np.array([paper], np.int64))
        return engine.search(Query(taste=engine.taste([paper]), filters=others))

    return [told("ours", "similar", timed(near, draws.papers(engine)[: count + WARM_UP].tolist()))]


def product(engine: Engine, count: int) -> list[Row]:  # noqa: ARG001  (all steps are called alike)
    """Numpy's product of as many vectors as there are papers with one."""
    method = f"numpy float32, {DIMENSIONS} dimensions"
    return [told(method, "rank", products(engine.rows))]


STEPS: dict[str, Callable[[Engine, int], list[Row]]] = {
    one.__name__: one for one in (search, full_text, rank, similar, product)
}
