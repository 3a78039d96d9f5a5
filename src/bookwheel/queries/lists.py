"""Every list of papers that Bookwheel shows, each one a `Query` to the engine.

Leaves out: what is shown of each paper (`listing.py`), what tags have learned (`interests.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils.timezone import localdate

from bookwheel.errors import IndexMissingError, InputError, NotFoundError
from bookwheel.index import masks
from bookwheel.index.engine import DEPTH, Engine
from bookwheel.index.query import Filters, Query
from bookwheel.index.syntax import parse
from bookwheel.models import Paper, Reader, Tag
from bookwheel.queries import listing, reranked
from bookwheel.queries.cards import Listing
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import Interest, hidden, interests, kept, kept_in_order
from bookwheel.queries.listing import PAGE
from bookwheel.queries.never import filtered
from bookwheel.queries.rankings import Ranking, fold, meet, merge
from bookwheel.queries.reading import for_later
from bookwheel.queries.tags import tag_named
from bookwheel.queries.top import most_kept

EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Choices:
    """What a reader chose in the filter bar; every field is part of the address of the view."""

    days: int | None = None  # only papers of the last N days before the newest one held
    since: str = ""  # ISO day, first day included
    until: str = ""  # ISO day, last day included
    category: str = ""  # "cs.LG", or an archive: "cs"
    hide_mine: bool = False  # leave out what is liked or tagged
    first_versions: bool = False  # leave out papers that were replaced
    page: int = 1


def newest(reader: Reader, choices: Choices) -> Listing:
    """All papers, newest announcement first."""
    return _listed(reader, choices, Query(), days=True)


def random(reader: Reader, choices: Choices, seed: int) -> Listing:
    """A shuffle of all papers that a seed makes repeatable, so that pages and back work."""
    return _listed(reader, choices, Query(sort="random", seed=seed))


def similar(reader: Reader, paper: Paper, choices: Choices) -> Listing:
    """Papers like one paper."""
    try:
        opened = engine()
    except IndexMissingError:
        return listing.nothing("no_papers")
    taste = opened.taste([paper.pk])
    if taste.vector is None:
        return listing.nothing("not_indexed")
    filters = replace(_filters(opened, reader, choices, without={paper.pk}), standing=True)
    query = Query(taste=taste, filters=filters)
    hits = opened.search(_page(query, choices))
    return listing.build(opened, reader, hits, choices.page, ranking=Ranking.of(None, taste, hits))


def search(reader: Reader, text: str, choices: Choices, sort: str = "relevance") -> Listing:
    """Search; `sort` is "relevance", "date" or "tag:NAME".

    Raises:
        QueryError: the text cannot be understood; it says where.
        NotFoundError: the tag to sort by does not exist or has no papers yet.
    """
    parsed = parse(text, today=localdate())
    if parsed.paper:
        return replace(listing.nothing(""), redirect_to=parsed.paper)
    try:
        opened = engine()
    except IndexMissingError:
        return listing.nothing("no_papers")
    # What a reader searches for is shown though it was hidden: the reader asked for it.
    filters = _filters(opened, reader, choices, show_hidden=True)
    query = Query(search=parsed, filters=filters, sort="date" if sort == "date" else "score")
    ranking = None
    if sort.startswith("tag:"):
        interest = _interest_named(reader, sort.removeprefix("tag:"))
        query = replace(query, taste=interest.taste(opened))
    hits = reranked.search(opened, _page(query, choices))
    if query.taste is not None:
        ranking = Ranking.of(interest, query.taste, hits)
    built = listing.build(opened, reader, hits, choices.page, ranking=ranking, search=parsed)
    return replace(built, understood=parsed.understood)


def for_you(reader: Reader, choices: Choices) -> Listing:
    """Ranked by all that the reader likes: the best over tags and likes, without kept papers."""
    return _by_interests(reader, interests(reader), replace(choices, hide_mine=True))


def by_tags(reader: Reader, tags: list[Tag], choices: Choices) -> Listing:
    """Ranked by the taste of one tag, or the best over several."""
    return _by_interests(reader, interests(reader, tags), choices)


def by_all_tags(reader: Reader, tags: list[Tag], choices: Choices) -> Listing:
    """What is good for each of several tags, by the one that it pleases least."""
    found = interests(reader, tags)
    if len(found) < len(tags):
        return listing.nothing("no_tags")
    built = _by_interests(reader, found, choices, every=True)
    named = tuple(interest.tag for interest in found if interest.tag)
    cards = tuple(replace(card, ranked_for=named) for card in built.cards)
    return replace(built, cards=cards)


def library(reader: Reader, choices: Choices, tag: Tag | None = None) -> Listing:
    """What the reader keeps (likes and tags), last kept first."""
    papers = kept_in_order(reader, tag)
    if not papers:
        return listing.nothing("nothing_kept")
    return _in_order(reader, replace(choices, hide_mine=False), papers, show_hidden=True)


def later(reader: Reader, choices: Choices) -> Listing:
    """What the reader keeps for later, the last one first."""
    papers = for_later(reader)
    if not papers:
        return listing.nothing("nothing_later")
    return _in_order(reader, choices, papers, show_hidden=True)


def top(reader: Reader, choices: Choices, span: str) -> Listing:
    """What the readers of this site kept most in a span of `top.SPANS`."""
    counts = most_kept(span)
    if not counts:
        return listing.nothing("too_few_keep")
    found = _in_order(reader, choices, list(counts))
    cards = (replace(card, kept_by=counts[card.paper.pk]) for card in found.cards)
    return replace(found, cards=tuple(cards))


def _in_order(
    reader: Reader, choices: Choices, papers: list[int], *, show_hidden: bool = False
) -> Listing:
    """Papers in an order that somebody else made, without those that the filters leave out."""
    try:
        opened = engine()
    except IndexMissingError:
        return listing.nothing("no_papers")
    rows = opened.columns.rows_of(np.array(papers, np.int64))
    rows = rows[rows >= 0]
    filters = _filters(opened, reader, choices, show_hidden=show_hidden)
    rows = rows[masks.allowed(opened.columns, filters)[rows]]
    first = (choices.page - 1) * PAGE
    hits = opened.listed(rows[first : first + PAGE], total=len(rows))
    return listing.build(opened, reader, hits, choices.page)


def _listed(reader: Reader, choices: Choices, query: Query, *, days: bool = False) -> Listing:
    try:
        opened = engine()
    except IndexMissingError:
        return listing.nothing("no_papers")
    query = replace(query, filters=_filters(opened, reader, choices))
    hits = opened.search(_page(query, choices))
    return listing.build(opened, reader, hits, choices.page, days=days)


def _by_interests(
    reader: Reader, found: list[Interest], choices: Choices, *, every: bool = False
) -> Listing:
    if not found:
        return listing.nothing("no_tags")
    try:
        opened = engine()
    except IndexMissingError:
        return listing.nothing("no_papers")
    filters = replace(_filters(opened, reader, choices), standing=True)
    rankings = []
    for interest in found:
        taste = interest.taste(opened)
        if taste.vector is not None:  # of its papers at least one is indexed
            mine = filtered(opened, interest, filters)
            hits = opened.search(Query(taste=taste, filters=mine, k=DEPTH))
            rankings.append(Ranking.of(interest, taste, hits))
    if not rankings or (every and len(rankings) < len(found)):
        return listing.nothing("not_indexed")
    if every:
        ranking = meet(opened, rankings, *(filtered(opened, each, filters) for each in found))
    else:
        ranking = merge(rankings)
    return _folded(opened, reader, ranking, choices.page)


def _folded(opened: Engine, reader: Reader, ranking: Ranking, page: int) -> Listing:
    """One page of a ranking; near-identical papers are folded under the first of them."""
    shown, under = fold(opened, ranking)
    first = (page - 1) * PAGE
    part = shown.pick(slice(first, first + PAGE))
    built = listing.build(opened, reader, part.hits, page, ranking=part)
    return listing.with_folded(built, under)


def _interest_named(reader: Reader, name: str) -> Interest:
    tag = tag_named(reader, name)
    found = interests(reader, [tag]) if tag else []
    if not found:
        raise NotFoundError(f"There is no tag “{name}” with papers to sort by.")
    return found[0]


def _page(query: Query, choices: Choices) -> Query:
    return replace(query, offset=(choices.page - 1) * PAGE, k=PAGE)


def _filters(
    opened: Engine,
    reader: Reader,
    choices: Choices,
    *,
    without: set[int] | None = None,
    show_hidden: bool = False,
) -> Filters:
    left_out = set(without or ())
    if not show_hidden:
        left_out |= hidden(reader)
    if choices.hide_mine:
        left_out |= kept(reader)
    first, last = _day(choices.since), _day(choices.until)
    if choices.days is not None and len(opened.columns.newest):
        recent = int(opened.columns.days[opened.columns.newest[0]]) - choices.days + 1
        first = recent if first is None else max(first, recent)
    return Filters(
        first_day=first,
        last_day=last,
        categories=(choices.category,) if choices.category else (),
        without=np.array(sorted(left_out), np.int64) if left_out else None,
        first_versions=choices.first_versions,
    )


def _day(text: str) -> int | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text).toordinal() - EPOCH
    except ValueError:
        raise InputError(f"“{text}” is not a day. Write it like 2026-03-14.") from None
