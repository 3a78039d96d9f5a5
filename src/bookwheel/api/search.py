"""Search, with the whole language of the search box."""

from __future__ import annotations

from ninja import Query, Router
from pydantic import Field

from bookwheel.api.auth import READ, Call
from bookwheel.api.choices import Filters
from bookwheel.api.paper_shapes import ListingShape
from bookwheel.models import Paper
from bookwheel.queries import lists
from bookwheel.queries.cards import Listing
from bookwheel.queries.state import card_of

router = Router(tags=["search"], auth=READ)


class Asked(Filters):
    """A search, and which of what it finds."""

    q: str = Field(max_length=1000, examples=["ti:attention au:vaswani -cat:cs.CV"])
    sort: str = Field("relevance", description="relevance, date, or tag:NAME")


@router.get("", response=ListingShape)
def search(request: Call, asked: Query[Asked]) -> ListingShape:
    """Search papers: words, phrases, fields, dates, brackets. An identifier gives its paper."""
    found = lists.search(request.auth, asked.q, asked.choices(), asked.sort)
    if not found.redirect_to:
        return ListingShape.of(found)
    papers = Paper.objects.filter(arxiv_id=found.redirect_to)
    cards = tuple(card_of(request.auth, paper) for paper in papers)
    empty = "" if cards else "no_match"
    return ListingShape.of(
        Listing(cards, page=1, pages=1, total=len(cards), took_ms=0.0, empty=empty)
    )
