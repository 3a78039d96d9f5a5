"""What a reader follows besides tags, and which of some rows come from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from django.utils.timezone import localdate
from numpy.typing import NDArray

from bookwheel.core.names import may_be_same
from bookwheel.core.text import author_hashes
from bookwheel.errors import QueryError
from bookwheel.index import exact
from bookwheel.index.dates import day_number
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query
from bookwheel.index.remembered import Remembered
from bookwheel.index.syntax import AllOf, Search, parse
from bookwheel.models import FollowedAuthor, Paper, Reader, SavedSearch
from bookwheel.queries.announced import NEW, Contents
from bookwheel.queries.authorship import said_of, wrote

MOST_FOUND = 5000  # papers of a few days that one search finds


@dataclass(frozen=True)
class Followed:
    """By the number of a paper, whom a reader follows of its authors and what found it."""

    authors: dict[int, tuple[FollowedAuthor, ...]]
    searches: dict[int, tuple[SavedSearch, ...]]
    wanted: bool  # whether the reader follows anything at all


_found: Remembered[NDArray[np.int64]] = Remembered(1024)


def authors_of(reader: Reader) -> list[FollowedAuthor]:
    """Whom a reader follows, by family name."""
    return sorted(
        reader.followed_authors.all(), key=lambda one: (one.family.casefold(), one.given.casefold())
    )


def searches_of(reader: Reader) -> list[SavedSearch]:
    """What a reader saved, the last one first."""
    return list(reader.saved_searches.order_by("-pk"))


def followed(opened: Engine, reader: Reader, found: Contents) -> Followed:
    """What of some days' papers comes from authors and searches that a reader follows."""
    authors, searches = authors_of(reader), searches_of(reader)
    return Followed(
        _by_authors(opened, authors, found),
        _by_searches(opened, searches, found),
        wanted=bool(authors or searches),
    )


def _by_authors(
    opened: Engine, wanted: list[FollowedAuthor], found: Contents
) -> dict[int, tuple[FollowedAuthor, ...]]:
    if not wanted:
        return {}
    keys = np.unique(author_hashes((one.family, one.given) for one in wanted))
    rows = np.intersect1d(exact.by_authors(opened, keys), found.rows)
    if not len(rows):
        return {}
    said = said_of(wanted)
    papers = Paper.objects.filter(pk__in=opened.columns.papers[rows].tolist())
    named = {
        number: tuple(
            one
            for one in wanted
            if _named(one, names) and wrote(opened, one, number, said.get(one.pk, {}))
        )
        for number, names in papers.values_list("pk", "authors")
    }
    return {number: authors for number, authors in named.items() if authors}


def _named(author: FollowedAuthor, names: list[list[str]]) -> bool:
    return any(may_be_same((author.family, author.given), (name[0], name[1])) for name in names)


def _by_searches(
    opened: Engine, wanted: list[SavedSearch], found: Contents
) -> dict[int, tuple[SavedSearch, ...]]:
    named: dict[int, tuple[SavedSearch, ...]] = defaultdict(tuple)
    for saved in wanted:
        for paper in matching(opened, saved.text, found).tolist():
            named[paper] += (saved,)
    return dict(named)


def matching(opened: Engine, text: str, found: Contents) -> NDArray[np.int64]:
    """Numbers of the papers that have all words of a search and fulfil its conditions."""
    key = (found.key, text, localdate())
    return _found.get(key, lambda: _matching(opened, text, found))


def _matching(opened: Engine, text: str, found: Contents) -> NDArray[np.int64]:
    try:
        parsed = parse(text, today=localdate())
    except QueryError:  # saved when the language was another
        return np.empty(0, np.int64)
    if not found.days:
        return np.empty(0, np.int64)
    must = [*parsed.wanted, *([parsed.required] if parsed.required else [])]
    strict = Search(required=AllOf(tuple(must)))
    inside = opened.columns.papers[found.rows]
    first, last = (day_number(day) for day in (found.days[0], found.days[-1]))
    hits = [_hits(opened, strict, Filters(first_day=first, last_day=last))]
    if others := inside[found.sections != NEW].tolist():
        hits.append(_hits(opened, strict, Filters(only=np.array(others, np.int64))))
    return np.intersect1d(np.concatenate(hits), inside)


def _hits(opened: Engine, search: Search, filters: Filters) -> NDArray[np.int64]:
    query = Query(search=search, filters=filters, sort="date", k=MOST_FOUND)
    return opened.search(query).papers
