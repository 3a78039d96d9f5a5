"""How many papers came from each thing that a reader follows since they last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.timezone import localdate

from bookwheel.core.same_person import are_theirs
from bookwheel.errors import IndexDamagedError, IndexMissingError, QueryError
from bookwheel.index.dates import day_number
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query
from bookwheel.index.remembered import Remembered
from bookwheel.index.syntax import AllOf, Search, parse
from bookwheel.models import FollowedAuthor, Reader, SavedSearch
from bookwheel.queries.announced import generation
from bookwheel.queries.authorship import said_of, standings_of
from bookwheel.queries.engine import engine


@dataclass(frozen=True)
class NewSince:
    """New papers by the number of each author and search."""

    authors: dict[int, int]
    searches: dict[int, int]

    @property
    def total(self) -> int:
        """All together."""
        return sum(self.authors.values()) + sum(self.searches.values())


_found: Remembered[int] = Remembered(8192)


def new_since(reader: Reader) -> NewSince:
    """Count; two queries, and one more where authors are followed."""
    authors = list(reader.followed_authors.all())
    searches = list(reader.saved_searches.all())
    try:
        opened = engine() if authors or searches else None
    except (IndexMissingError, IndexDamagedError):
        opened = None
    if opened is None:
        return NewSince({}, {})
    said = said_of(authors) if authors else {}
    return NewSince(
        {one.pk: _by_author(opened, one, said.get(one.pk, {})) for one in authors},
        {one.pk: _by_search(opened, one) for one in searches},
    )


def seen_until(thing: FollowedAuthor | SavedSearch) -> date:
    """The last day whose papers the reader has seen of it."""
    return thing.seen or thing.created.date()


def _by_author(opened: Engine, author: FollowedAuthor, said: dict[int, bool]) -> int:
    since = seen_until(author)
    key = (generation(opened), author.family, author.given, tuple(sorted(said.items())), since)
    return _found.get(key, lambda: _count_author(opened, author, said, since))


def _count_author(
    opened: Engine, author: FollowedAuthor, said: dict[int, bool], since: date
) -> int:
    standing = standings_of(opened, author, said)
    papers = [paper for paper, one in standing.items() if are_theirs(one)]
    rows = opened.columns.rows_of(np.array(papers, np.int64))
    return int((opened.columns.days[rows[rows >= 0]] > day_number(since)).sum())


def _by_search(opened: Engine, search: SavedSearch) -> int:
    since, today = seen_until(search), localdate()
    key = (generation(opened), search.text, since, today)
    return _found.get(key, lambda: _count_search(opened, search.text, since, today))


def _count_search(opened: Engine, text: str, since: date, today: date) -> int:
    try:
        parsed = parse(text, today=today)
    except QueryError:  # saved when the language was another
        return 0
    must = [*parsed.wanted, *([parsed.required] if parsed.required else [])]
    strict = Search(required=AllOf(tuple(must)))
    filters = Filters(first_day=day_number(since) + 1)
    return opened.search(Query(search=strict, filters=filters, sort="date", k=1)).total
