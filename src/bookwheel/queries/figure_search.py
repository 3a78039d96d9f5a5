"""Searching figures by what is written below them, narrowed by their papers, kind and tags.

Leaves out: figures like one (`figure_like.py`), reading the search (`index/figure_language.py`),
what licences allow (`access.py`, which whoever asks passes in).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.timezone import localdate
from numpy.typing import NDArray

from bookwheel.core.text import plain
from bookwheel.errors import IndexMissingError, NotFoundError
from bookwheel.index.figure_language import FigureSearch, parse_figures
from bookwheel.index.syntax import Search
from bookwheel.index.words import stems
from bookwheel.models import Figure, Reader
from bookwheel.queries.engine import engine
from bookwheel.queries.figure_looks import Looks, looks
from bookwheel.queries.figures import figure_index
from bookwheel.queries.interests import kept_in_order
from bookwheel.queries.tags import tag_named

PAGE = 24
DEPTH = 960  # figures that can be paged through
Shows = Callable[[str], bool]  # whether texts under a licence may be shown


@dataclass(frozen=True)
class FigureHit:
    """A figure that was found, and why: words that it shares, and how alike it looks (0 to 1)."""

    figure: Figure
    words: tuple[str, ...] = ()
    alike: float | None = None


@dataclass(frozen=True)
class FigureListing:
    """A page of figures."""

    hits: tuple[FigureHit, ...]
    total: int
    page: int
    pages: int
    took_ms: float


def search_figures(reader: Reader, text: str, *, shows: Shows, page: int = 1) -> FigureListing:
    """Figures whose captions have the words, those with most of them first.

    Without any words the newest come first.

    Raises:
        QueryError: the search cannot be understood.
        NotFoundError: the reader has no such tag.
    """
    started = time.perf_counter()
    wanted = parse_figures(text, today=localdate())
    known = looks()
    papers = _papers(reader, wanted, known, shows)
    found = figure_index().search(
        wanted.words,
        phrases=wanted.phrases,
        without=wanted.without,
        kind=wanted.kind,
        papers=papers,
        limit=DEPTH,
    )
    if not wanted.words and not wanted.phrases:
        found = sorted(found, reverse=True)
    numbers = [number for number, _score in found]
    some = with_papers(numbers[(page - 1) * PAGE : page * PAGE])
    words = [*wanted.words, *wanted.phrases]
    hits = tuple(FigureHit(figure, shared(words, figure.caption)) for figure in some)
    took = (time.perf_counter() - started) * 1000
    return FigureListing(hits, len(numbers), page, -(-len(numbers) // PAGE), took)


def _papers(reader: Reader, wanted: FigureSearch, known: Looks, shows: Shows) -> list[int] | None:
    """Numbers of the papers whose figures may be answered; None for all."""
    masks = []
    if not (shown := known.shown(shows)).all():
        masks.append(shown)
    for name in wanted.tags:
        tag = tag_named(reader, name)
        if tag is None:
            raise NotFoundError(f"You have no tag “{name}”.")
        masks.append(np.isin(known.papers, kept_in_order(reader, tag)))
    if wanted.papers is not None:
        masks.append(np.isin(known.papers, _fulfilling(wanted.papers)))
    if not masks:
        return None
    found: list[int] = np.unique(known.papers[np.logical_and.reduce(masks)]).tolist()
    return found


def _fulfilling(search: Search) -> NDArray[np.int64]:
    try:
        opened = engine()
    except IndexMissingError:
        return np.zeros(0, np.int64)
    return opened.columns.papers[opened.lexical.fulfilling(search)]


def with_papers(numbers: Sequence[int]) -> list[Figure]:
    """Figures by their numbers, in this order, with their papers and texts."""
    rows = Figure.objects.select_related("text", "paper").defer("look").in_bulk(numbers)
    return [rows[number] for number in numbers if number in rows]


def shared(words: Sequence[str], caption: str) -> tuple[str, ...]:
    """Those words of a search, as they are written, that a caption has."""
    there = set(stems(plain(caption)))
    return tuple(word for word in words if (found := stems(plain(word))) and there >= set(found))
