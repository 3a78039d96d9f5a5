"""Lists of papers that pages have: best, newest, most kept, shuffled, the library."""

from __future__ import annotations

from enum import StrEnum

from ninja import Query, Router
from pydantic import Field

from bookwheel.access import tag_read
from bookwheel.api.auth import READ, Call
from bookwheel.api.choices import Filters
from bookwheel.api.paper_shapes import ListingShape
from bookwheel.queries import lists

router = Router(tags=["lists"], auth=READ)


class Span(StrEnum):
    """How far back."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Shuffled(Filters):
    """A shuffle, which its number makes repeatable."""

    seed: int = Field(1, ge=0, le=2**31 - 1)


class Tagged(Filters):
    """Of one tag or several."""

    tag: list[str] = Field([], description="Names; none: all that the reader likes")
    every: bool = Field(False, description="Good for each of the tags, not for any")


class Kept(Filters):
    """What the reader keeps."""

    tag: str = Field("", description="Only what is under this tag")


@router.get("/best", response=ListingShape)
def best(request: Call, asked: Query[Tagged]) -> ListingShape:
    """Papers ranked by what the reader likes, or by what some tags have learned."""
    chosen, reader = asked.choices(), request.auth
    tags = [tag_read(reader, name) for name in dict.fromkeys(asked.tag)]
    if not tags:
        return ListingShape.of(lists.for_you(reader, chosen))
    if asked.every and len(tags) > 1:
        return ListingShape.of(lists.by_all_tags(reader, tags, chosen))
    return ListingShape.of(lists.by_tags(reader, tags, chosen))


@router.get("/new", response=ListingShape)
def newest(request: Call, filters: Query[Filters]) -> ListingShape:
    """All papers, newest announcement first."""
    return ListingShape.of(lists.newest(request.auth, filters.choices()))


@router.get("/top", response=ListingShape)
def top(request: Call, filters: Query[Filters], span: Span = Span.WEEK) -> ListingShape:
    """What the readers of this site keep most."""
    return ListingShape.of(lists.top(request.auth, filters.choices(), span.value))


@router.get("/random", response=ListingShape)
def random(request: Call, asked: Query[Shuffled]) -> ListingShape:
    """A shuffle of all papers."""
    return ListingShape.of(lists.random(request.auth, asked.choices(), asked.seed))


@router.get("/library", response=ListingShape)
def library(request: Call, asked: Query[Kept]) -> ListingShape:
    """What the reader keeps, last kept first."""
    tag = tag_read(request.auth, asked.tag) if asked.tag else None
    return ListingShape.of(lists.library(request.auth, asked.choices(), tag))


@router.get("/later", response=ListingShape)
def later(request: Call, filters: Query[Filters]) -> ListingShape:
    """What is for later, the last one first."""
    return ListingShape.of(lists.later(request.auth, filters.choices()))
