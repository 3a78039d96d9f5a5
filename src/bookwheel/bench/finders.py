"""Ways to find papers from a question in words: our engine's, its parts alone, and bm25s.

All give positions (`papers.py`), best first. Leaves out: judging (`search.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bookwheel.bench.extra import load
from bookwheel.bench.papers import Papers
from bookwheel.bench.progress import Tell, counted
from bookwheel.core.text import words
from bookwheel.errors import InputError, QueryError
from bookwheel.index import scoring
from bookwheel.index.blending import RERANKED, blend
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query
from bookwheel.index.reranker import of_site
from bookwheel.index.syntax import LONGEST, Search, parse

METHODS = ("lexical", "dense", "hybrid", "bm25s")
YARDSTICK = "bm25s"
RERANK = "hybrid+rerank"  # only where it is asked for: it needs a model and takes seconds

Positions = NDArray[np.intp]
Finder = Callable[[str, int], Positions]  # text and how many papers


def finders(names: Iterable[str], engine: Engine, papers: Papers, tell: Tell) -> dict[str, Finder]:
    """The methods of some names, of `METHODS` or `RERANK`, ready to be asked.

    Raises:
        InputError: what one needs is not installed.
        SettingError: the re-ranker cannot be loaded.
    """
    special = {YARDSTICK: lambda: _bm25s(papers, tell), RERANK: lambda: _reranked(engine, papers)}
    return {
        name: special[name]()
        if name in special
        else partial(_by_engine, engine, papers, _SIDES[name])
        for name in names
    }


def read(text: str) -> tuple[Search, bool]:
    """A question as the search box reads it; or, where it cannot be read so, as its words alone.

    The second value says whether that was so.
    """
    try:
        search = parse(text)
    except QueryError:
        return _plain(text), True
    return (_plain(text), True) if search.paper else (search, False)


def _plain(text: str) -> Search:
    kept = " ".join(words(text))
    if len(kept) > LONGEST:
        kept = kept[: LONGEST + 1].rpartition(" ")[0]
    return parse(kept)


def _by_engine(
    engine: Engine,
    papers: Papers,
    side: Callable[[Engine, Search, int], NDArray[np.int64]],
    text: str,
    count: int,
) -> Positions:
    return papers.positions(side(engine, read(text)[0], count))


def _hybrid(engine: Engine, search: Search, count: int) -> NDArray[np.int64]:
    return engine.search(Query(search=search, k=count)).papers


def _lexical(engine: Engine, search: Search, count: int) -> NDArray[np.int64]:
    """The words alone, with the words that tell as in a search."""
    telling = scoring.telling(search, engine.lexical, engine.rows)
    rows, _ = engine.lexical.best(telling, Filters(), count)
    return engine.columns.papers[rows]


def _dense(engine: Engine, search: Search, count: int) -> NDArray[np.int64]:
    """The vector of the question alone; nothing is found when no word of it is known."""
    meaning = scoring.meaning(search, engine.encoder, engine.background)
    if meaning.vector is None:
        return np.empty(0, np.int64)
    return engine.search(Query(taste=meaning, k=count)).papers


_SIDES = {"lexical": _lexical, "dense": _dense, "hybrid": _hybrid}


def _reranked(engine: Engine, papers: Papers) -> Finder:
    """The whole search, its best hits in the order of the site's re-ranker too."""
    model = of_site()
    if model is None:
        raise InputError("There is no re-ranker to measure. Name one: BOOKWHEEL_RERANKER.")
    texts = list(papers.texts())

    def find(text: str, count: int) -> Positions:
        search = read(text)[0]
        hits = engine.search(Query(search=search, k=max(count, RERANKED + 1)))
        hits = hits.pick(np.isin(hits.papers, papers.numbers))
        best = papers.positions(hits.papers[:RERANKED]).tolist()
        scores = model.scores(search.text, [texts[place] for place in best])
        return papers.positions(blend(hits, scores).papers)[:count]

    return find


def _bm25s(papers: Papers, tell: Tell) -> Finder:
    """The library as it comes: English stop words, no stemmer, its usual parameters."""
    library = load("bm25s")
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells everything it does
    texts = counted(papers.texts(), len(papers), step="bm25s", tell=tell)
    tokens = library.tokenize(list(texts), stopwords="en", show_progress=False)
    made = library.BM25()
    made.index(tokens, show_progress=False)
    return partial(_by_bm25s, library, made, len(papers))


def _by_bm25s(library: Any, made: Any, papers: int, text: str, count: int) -> Positions:
    asked = library.tokenize([text], stopwords="en", show_progress=False, return_ids=False)
    found, scores = made.retrieve(asked, k=min(count, papers), show_progress=False)
    return np.asarray(found[0][scores[0] > 0], np.intp)
