"""One page of a feed as cards, each with all that brought it and what is folded under it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bookwheel.index.engine import Engine
from bookwheel.index.query import Hits
from bookwheel.models import Paper, Reader
from bookwheel.queries import listing
from bookwheel.queries.arranged import Arranged
from bookwheel.queries.cards import Card, Listing
from bookwheel.queries.judged import Judged
from bookwheel.queries.listing import PAGE
from bookwheel.queries.rankings import Ranking


def listed(
    opened: Engine,
    reader: Reader,
    judged: Judged,
    shown: Arranged,
    *,
    page: int = 1,
    size: int = PAGE,
    source: int | None = None,
) -> Listing:
    """One page of arranged papers as cards."""
    places = shown.places[(page - 1) * size : page * size]
    if not len(places):  # spares a dozen queries
        nothing = listing.nothing("no_match")
        return replace(
            nothing, page=page, pages=-(-len(shown.places) // size), total=len(shown.places)
        )
    rows = judged.found.rows[places]
    best = judged.best[places] if source is None else np.full(len(places), source)
    scores = judged.scores[best, places] if judged.sources else np.zeros(len(places), np.float32)
    hits = Hits(judged.papers[places], rows, scores, {}, len(shown.places), 0.0)
    ranking = None
    if judged.sources:
        ranking = Ranking(hits, judged.sources, best, judged.chances[best, places])
    built = listing.build(opened, reader, hits, page, ranking=ranking)
    under = {
        int(judged.papers[place]): [int(judged.papers[one]) for one in shown.under.get(place, ())]
        for place in places.tolist()
    }
    folded = Paper.objects.in_bulk([paper for papers in under.values() for paper in papers])
    cards = tuple(
        replace(
            _with_sources(card, judged),
            folded=tuple(folded[paper] for paper in under[card.paper.pk] if paper in folded),
        )
        for card in built.cards
    )
    return replace(built, cards=cards, pages=-(-built.total // size))


def _with_sources(card: Card, judged: Judged) -> Card:
    """The card with what else brought it; what an interest says of it only where that did."""
    authors = judged.followed.authors.get(card.paper.pk, ())
    searches = judged.followed.searches.get(card.paper.pk, ())
    if (authors or searches) and (card.score or 0.0) < judged.line:
        card = replace(card, ranked_for=(), reasons=())
    return replace(card, authors=authors, searches=searches)
