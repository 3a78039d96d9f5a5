"""The site: who calls, how much is here, how it stands to arXiv."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from ninja import Router
from pydantic import Field

from bookwheel import __version__
from bookwheel.api.auth import READ, Call
from bookwheel.api.base import Shape
from bookwheel.queries.health import health
from bookwheel.queries.statistics import statistics

router = Router(tags=["site"], auth=READ)


class Me(Shape):
    """The reader for whom the caller acts."""

    name: str
    line: float = Field(description="Chance from which on a paper is for this reader")
    time_zone: str
    version: str = Field(description="Of Bookwheel")


class BarShape(Shape):
    """Papers of one day, or of one month."""

    first: date
    last: date
    papers: int


class StatsShape(Shape):
    """Papers over time, oldest first, and by category, most frequent first."""

    total: int
    bars: list[BarShape]
    by_category: dict[str, int] = Field(examples=[{"cs.LG": 2817}])


class HealthShape(Shape):
    """How the collection stands to arXiv. Days are listings; times are UTC."""

    state: str = Field(description="current, on_its_way, behind, offline or empty")
    newest: date | None
    behind: int
    next_day: date | None
    next_at: datetime | None
    worker: bool


@router.get("/me", response=Me)
def me(request: Call) -> Me:
    """Who calls, and what answers."""
    reader = request.auth
    return Me(
        name=reader.username, line=reader.line, time_zone=reader.time_zone, version=__version__
    )


@router.get("/stats", response=StatsShape)
def stats(request: Call, days: int | None = None) -> StatsShape:
    """How many papers there are by day and by category, in the last `days` or in all."""
    found = statistics(max(days, 1) if days is not None else None)
    return StatsShape(
        total=found.total,
        bars=[BarShape(first=bar.first, last=bar.last, papers=bar.papers) for bar in found.bars],
        by_category=dict(found.by_category),
    )


@router.get("/health", response=HealthShape)
def how_it_stands(request: Call) -> HealthShape:
    """Whether arXiv's announcements are here."""
    found = health(timezone.now())
    return HealthShape(
        state=found.state,
        newest=found.newest,
        behind=found.behind,
        next_day=found.next_day,
        next_at=found.next_at,
        worker=found.worker,
    )
