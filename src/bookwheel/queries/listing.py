"""From hits to a page of cards: the papers, what the reader did with them, and the reasons."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.taste import Taste
from bookwheel.index.engine import DEPTH, Engine
from bookwheel.index.query import Hits
from bookwheel.index.syntax import Search
from bookwheel.models import Mark, Paper, Reader, Tag, Tagging
from bookwheel.queries.cards import Card, Listing, Reason
from bookwheel.queries.interests import Interest
from bookwheel.queries.reasons import nearest_liked, reasons

PAGE = 25
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Ranking:
    """Hits, each with the interest that put it there (in `sources`) and a chance, 0 to 1."""

    hits: Hits
    sources: tuple[tuple[Interest | None, Taste], ...]
    source: NDArray[np.intp]
    chances: NDArray[np.float32]

    @classmethod
    def of(cls, interest: Interest | None, taste: Taste, hits: Hits) -> Ranking:
        """The ranking of one interest."""
        chances = taste.probability(hits.scores)
        return cls(hits, ((interest, taste),), np.zeros(len(hits.rows), np.intp), chances)

    @classmethod
    def plain(cls, taste: Taste, hits: Hits) -> Ranking:
        """A ranking that no interest of the reader is behind."""
        return cls.of(None, taste, hits)

    def cut(self, first: int) -> Ranking:
        """One page of it."""
        part = slice(first, first + PAGE)
        return replace(self, source=self.source[part], chances=self.chances[part])


def merge(rankings: list[Ranking]) -> Ranking:
    """The best over several interests, each paper once, for the interest that likes it most."""
    chances = np.concatenate([ranking.chances for ranking in rankings])
    sources = np.concatenate(
        [np.full(len(ranking.chances), place) for place, ranking in enumerate(rankings)]
    )
    papers = np.concatenate([ranking.hits.papers for ranking in rankings])
    scores = np.concatenate([ranking.hits.scores for ranking in rankings])
    order = np.lexsort((-papers, -scores, -chances))
    _, first = np.unique(papers[order], return_index=True)
    order = order[np.sort(first)][:DEPTH]
    hits = Hits(
        papers=papers[order],
        rows=np.concatenate([ranking.hits.rows for ranking in rankings])[order],
        scores=scores[order],
        parts={},
        total=len(order),
        took=0.0,
    )
    known = tuple(source for ranking in rankings for source in ranking.sources)
    return Ranking(hits, known, sources[order], chances[order])


def nothing(reason: str) -> Listing:
    """A list without papers, and the code of why."""
    return Listing(cards=(), page=1, pages=0, total=0, took_ms=0.0, empty=reason)


def build(
    opened: Engine,
    reader: Reader,
    hits: Hits,
    page: int,
    *,
    ranking: Ranking | None = None,
    search: Search | None = None,
    days: bool = False,
) -> Listing:
    """One page of a list, in a fixed number of database queries."""
    numbers = hits.papers.tolist()
    papers = Paper.objects.in_bulk(numbers)
    marks, tags = _marks(reader, numbers), _tags(reader, numbers)
    why = _why(opened, hits, papers, ranking)
    words = _words(search)
    cards = tuple(
        Card(
            paper=papers[number],
            liked=marks.get(number) == Mark.Kind.LIKE,
            hidden=marks.get(number) == Mark.Kind.HIDE,
            tags=tuple(tags.get(number, ())),
            matched=words,
            **why[place],
        )
        for place, number in enumerate(numbers)
        if number in papers
    )
    return Listing(
        cards=cards,
        page=page,
        pages=math.ceil(hits.total / PAGE),
        total=hits.total,
        took_ms=hits.took * 1000,
        empty="" if cards else "no_match",
        days=_headings(opened, hits) if days else {},
    )


def _marks(reader: Reader, numbers: list[int]) -> dict[int, str]:
    marks = Mark.objects.filter(reader=reader, paper_id__in=numbers)
    return dict(marks.values_list("paper_id", "kind"))


def _tags(reader: Reader, numbers: list[int]) -> dict[int, list[Tag]]:
    found: dict[int, list[Tag]] = defaultdict(list)
    taggings = Tagging.objects.filter(tag__reader=reader, tag__deleted=None, paper_id__in=numbers)
    for tagging in taggings.select_related("tag").order_by("id"):
        found[tagging.paper_id].append(tagging.tag)
    return found


def _words(search: Search | None) -> tuple[str, ...]:
    return tuple(search.text.split()) if search else ()


def _headings(opened: Engine, hits: Hits) -> dict[int, str]:
    """Where a new day begins: place of the card -> day."""
    days = opened.columns.days[hits.rows]
    starts = np.flatnonzero(np.diff(days, prepend=days[:1] - 1))
    return {int(at): (_EPOCH + timedelta(days=int(days[at]))).isoformat() for at in starts}


def _why(
    opened: Engine, hits: Hits, papers: dict[int, Paper], ranking: Ranking | None
) -> list[dict[str, object]]:
    """Score, tag and reasons of each hit, as fields of its card."""
    result: list[dict[str, object]] = [{} for _ in hits.rows]
    if ranking is None:
        return result
    for number, (interest, taste) in enumerate(ranking.sources):
        places = np.flatnonzero(ranking.source == number)
        shown = [place for place in places.tolist() if int(hits.papers[place]) in papers]
        rows = hits.rows[shown]
        mine = [papers[int(hits.papers[place])] for place in shown]
        named = reasons(opened, taste, rows, mine)
        liked = _liked(opened, interest, rows)
        for place, found, near in zip(shown, named, liked, strict=True):
            result[place] = {
                "score": float(ranking.chances[place]),
                "ranked_for": (interest.tag,) if interest and interest.tag else (),
                "reasons": (*found, *near),
            }
    return result


def _liked(
    opened: Engine, interest: Interest | None, rows: NDArray[np.intp]
) -> list[tuple[Reason, ...]]:
    """The nearest liked paper of each row, as a reason. Its share is the cosine."""
    if interest is None:
        return [()] * len(rows)
    near = nearest_liked(opened, rows, interest.papers)
    titles = Paper.objects.in_bulk({found[0] for found in near if found})
    return [
        (Reason("paper", titles[found[0]].title, found[1], titles[found[0]].arxiv_id),)
        if found and found[0] in titles
        else ()
        for found in near
    ]
