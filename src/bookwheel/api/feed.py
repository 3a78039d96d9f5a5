"""The feed: a day for the reader, what was missed, and marking days read."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.api.auth import READ, WRITE, Call
from bookwheel.api.base import Changed, Shape
from bookwheel.api.choices import LAST_PAGE, Filters
from bookwheel.api.paper_shapes import ListingShape
from bookwheel.errors import NotFoundError
from bookwheel.queries.announced import days_since
from bookwheel.queries.catch_up import catch_up
from bookwheel.queries.engine import engine
from bookwheel.queries.feed import DayFeed, Wanted, day_feed, newest_day, rest_of_day

router = Router(tags=["feed"], auth=READ)


class DayWanted(Shape):
    """Which part of a day."""

    section: Literal["", "new", "cross", "replace"] = ""
    source: str = Field("", description="tag-NUMBER, likes, authors or searches")
    show: Literal["", "unread", "below"] = ""
    category: str = Field("", examples=["cs.LG"])
    page: int = Field(1, ge=1, le=LAST_PAGE)

    def wanted(self) -> Wanted:
        """As queries take it. Raises InputError."""
        category = Filters(category=self.category).choices().category
        return Wanted(self.section, self.source, self.show, category, self.page)


class DayPart(Shape):
    """One section of a day."""

    section: str = Field(description="new, cross or replace")
    announced: int
    mine: int = Field(description="How many are for the reader")
    listing: ListingShape


class DayShape(Shape):
    """A day. `done` of `mine` papers are read, for later, kept or hidden."""

    day: date
    before: date | None
    after: date | None
    announced: int
    mine: int
    done: int
    below: int = Field(description="Papers below the reader's line")
    ranked: bool = Field(description="False: nothing is liked yet, so all papers are shown")
    parts: list[DayPart]
    explored: ListingShape | None = Field(description="A few papers from beyond the line")
    took_ms: float

    @classmethod
    def of(cls, feed: DayFeed) -> DayShape:
        """The shape of a day."""
        return cls(
            day=feed.day,
            before=feed.before,
            after=feed.after,
            announced=feed.announced,
            mine=feed.mine,
            done=feed.done,
            below=feed.below,
            ranked=feed.ranked,
            parts=[
                DayPart(
                    section=part.section,
                    announced=part.announced,
                    mine=part.mine,
                    listing=ListingShape.of(part.listing),
                )
                for part in feed.parts
            ],
            explored=ListingShape.of(feed.explored) if feed.explored else None,
            took_ms=round(feed.took_ms, 2),
        )


class CatchUpShape(Shape):
    """The best of some days."""

    days: list[date]
    announced: int
    mine: int
    ranked: bool
    listing: ListingShape


class Days(Shape):
    """The days after `since`, until `until`."""

    since: date
    until: date


@router.get("", response=DayShape)
def newest(request: Call, asked: Query[DayWanted]) -> DayShape:
    """The newest day that has papers."""
    day = newest_day()
    if day is None:
        raise NotFoundError("There are no papers yet.")
    return DayShape.of(day_feed(request.auth, day, asked.wanted(), timezone.now()))


@router.get("/catch-up", response=CatchUpShape)
def missed(request: Call, since: date, page: int = 1) -> CatchUpShape:
    """The best of the days after one."""
    found = catch_up(request.auth, since, page=min(max(page, 1), LAST_PAGE))
    return CatchUpShape(
        days=list(found.days),
        announced=found.announced,
        mine=found.mine,
        ranked=found.ranked,
        listing=ListingShape.of(found.listing),
    )


@router.post("/catch-up", response=Changed, auth=WRITE)
def caught_up(request: Call, days: Days) -> Changed:
    """Mark all days after one and until another read."""
    wanted = [day for day in days_since(engine(), days.since) if day <= days.until]
    return Changed.of(mark_days_read(request.auth, wanted))


@router.get("/{day}", response=DayShape)
def one_day(request: Call, day: date, asked: Query[DayWanted]) -> DayShape:
    """A day: what was announced and is for the reader, in arXiv's sections."""
    return DayShape.of(day_feed(request.auth, day, asked.wanted(), timezone.now()))


@router.post("/{day}/read", response=Changed, auth=WRITE)
def read_day(request: Call, day: date) -> Changed:
    """Mark a whole day read."""
    return Changed.of(mark_days_read(request.auth, [day], rest_of_day(request.auth, day)))
