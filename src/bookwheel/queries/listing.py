"""From hits to a page of cards: the papers, what the reader did with them, and the reasons."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.encoder import Share
from bookwheel.index import segment
from bookwheel.index.engine import Engine
from bookwheel.index.query import Hits
from bookwheel.index.syntax import Search
from bookwheel.models import Mark, Paper, Reader, Tag, Tagging
from bookwheel.queries.cards import Card, Listing, Reason
from bookwheel.queries.interests import Interest
from bookwheel.queries.rankings import Ranking
from bookwheel.queries.reading import readings
from bookwheel.queries.reasons import nearest_liked, reasons
from bookwheel.queries.shades import shades

PAGE = 25
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class _Standing:
    """Why a hit stands where it stands, as its card says it."""

    score: float | None = None
    ranked_for: tuple[Tag, ...] = ()
    reasons: tuple[Reason, ...] = ()
    shades: tuple[tuple[Share, ...], tuple[Share, ...]] | None = None


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
    """One page of a list, in a fixed number of database queries.

    A paper that is no longer in the database is left out.
    """
    papers = Paper.objects.in_bulk(hits.papers.tolist())
    held = np.array([number in papers for number in hits.papers.tolist()], np.bool_)
    hits, numbers = hits.pick(held), hits.papers[held].tolist()
    standings = _standings(opened, ranking.pick(held), papers) if ranking else {}
    if ranking and reader.shade:
        standings = _shaded(opened, ranking.pick(held), papers, standings)
    marks, tags = _marks(reader, numbers), _tags(reader, numbers)
    listed = {n: _day(day) for n, day in zip(numbers, opened.columns.days[hits.rows], strict=True)}
    said = readings(reader, listed)
    words = tuple(search.text.split()) if search else ()
    cards = []
    for place, number in enumerate(numbers):
        standing = standings.get(number, _Standing())
        cards.append(
            Card(
                paper=papers[number],
                liked=marks.get(number) == Mark.Kind.LIKE,
                hidden=marks.get(number) == Mark.Kind.HIDE,
                read=said.read(number, listed[number]),
                later=said.later(number),
                tags=tuple(tags[number]),
                score=standing.score,
                ranked_for=standing.ranked_for,
                reasons=standing.reasons,
                shades=standing.shades,
                parts={name: float(part[place]) for name, part in hits.parts.items()},
                matched=words,
            )
        )
    return Listing(
        cards=tuple(cards),
        page=page,
        pages=math.ceil(hits.total / PAGE),
        total=hits.total,
        took_ms=hits.took * 1000,
        empty="" if cards else _why_empty(opened),
        days=_headings(opened, hits) if days else {},
    )


def with_folded(built: Listing, under: dict[int, list[int]]) -> Listing:
    """The list with papers folded under those that say nearly the same."""
    wanted = [number for card in built.cards for number in under.get(card.paper.pk, ())]
    if not wanted:
        return built
    held = Paper.objects.in_bulk(wanted)
    cards = tuple(
        replace(
            card,
            folded=tuple(held[one] for one in under.get(card.paper.pk, ()) if one in held),
        )
        for card in built.cards
    )
    return replace(built, cards=cards)


def _why_empty(opened: Engine) -> str:
    return "no_match" if len(opened.columns.newest) else "no_papers"


def _marks(reader: Reader, numbers: list[int]) -> dict[int, str]:
    marks = Mark.objects.filter(reader=reader, paper_id__in=numbers)
    return dict(marks.values_list("paper_id", "kind"))


def _tags(reader: Reader, numbers: list[int]) -> dict[int, list[Tag]]:
    found: dict[int, list[Tag]] = defaultdict(list)
    taggings = Tagging.objects.filter(tag__reader=reader, tag__deleted=None, paper_id__in=numbers)
    for tagging in taggings.select_related("tag").order_by("id"):
        found[tagging.paper_id].append(tagging.tag)
    return found


def _headings(opened: Engine, hits: Hits) -> dict[int, str]:
    """Where a new day begins: place of the card -> day."""
    days = opened.columns.days[hits.rows]
    starts = np.flatnonzero(np.diff(days, prepend=days[:1] - 1))
    return {int(at): _day(days[at]).isoformat() for at in starts}


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=int(number))


def _standings(opened: Engine, ranking: Ranking, papers: dict[int, Paper]) -> dict[int, _Standing]:
    """Score, tag and reasons of each hit, by the number of its paper."""
    found: dict[int, _Standing] = {}
    near: dict[int, tuple[int, float]] = {}
    for number in np.unique(ranking.source).tolist():
        interest, taste = ranking.sources[number]
        mine = ranking.pick(ranking.source == number)
        numbers, rows = mine.hits.papers.tolist(), mine.hits.rows
        if interest is not None:
            near |= _closest(opened, numbers, rows, interest)
        named = reasons(opened, taste, rows, [papers[paper] for paper in numbers])
        tags = (interest.tag,) if interest and interest.tag else ()
        for paper, chance, why in zip(numbers, mine.chances.tolist(), named, strict=True):
            found[paper] = _Standing(chance, tags, why)
    return _with_nearest(found, near)


def _shaded(
    opened: Engine, ranking: Ranking, papers: dict[int, Paper], standings: dict[int, _Standing]
) -> dict[int, _Standing]:
    """With what each word gave."""
    taken = opened.take(ranking.hits.rows)
    made = dict(standings)
    for place, number in enumerate(ranking.hits.papers.tolist()):
        row = segment.pick(taken, np.array([place]))
        _interest, taste = ranking.sources[int(ranking.source[place])]
        shares = shades(opened, taste, row, papers[number])
        made[number] = replace(made[number], shades=shares)
    return made


def _closest(
    opened: Engine, numbers: list[int], rows: NDArray[np.intp], interest: Interest
) -> dict[int, tuple[int, float]]:
    found = nearest_liked(opened, rows, interest.papers)
    return {paper: one for paper, one in zip(numbers, found, strict=True) if one}


def _with_nearest(
    standings: dict[int, _Standing], near: dict[int, tuple[int, float]]
) -> dict[int, _Standing]:
    """Name the liked paper that each is most like. Its share is the cosine."""
    liked = Paper.objects.filter(pk__in={number for number, _ in near.values()})
    names = {number: names for number, *names in liked.values_list("pk", "title", "arxiv_id")}
    for paper, (number, cosine) in near.items():
        title, arxiv_id = names[number]
        like = Reason("paper", title, cosine, arxiv_id)
        standings[paper] = replace(standings[paper], reasons=(*standings[paper].reasons, like))
    return standings
