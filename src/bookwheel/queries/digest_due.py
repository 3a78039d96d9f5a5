"""When a digest is due: on the reader's days, in their time zone, when arXiv's papers are here."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

from bookwheel.arxiv import schedule
from bookwheel.models import DigestPlan, Job, Reader
from bookwheel.queries.due import AFTER, LISTINGS

WAIT = timedelta(minutes=10)  # between looks at whether the papers have come
PATIENCE = timedelta(hours=8)  # from the hour, or the announcement; then it says that they have not
SETTLING = timedelta(hours=2)  # in which a harvest that began for a listing usually ends


def zone_of(reader: Reader) -> zoneinfo.ZoneInfo:
    """The reader's time zone; without one, UTC."""
    try:
        return zoneinfo.ZoneInfo(reader.time_zone or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


def next_occasion(plan: DigestPlan, after: datetime) -> datetime | None:
    """The first moment after one at which the plan wants a digest; None if it never does."""
    return _occasion(plan, after, 1) if plan.on and plan.weekdays else None


def last_occasion(plan: DigestPlan, until: datetime) -> datetime:
    """The last moment until one at which the plan wanted a digest."""
    return _occasion(plan, until, -1)


def _occasion(plan: DigestPlan, moment: datetime, step: int) -> datetime:
    zone = zone_of(plan.reader)
    day = moment.astimezone(zone).date()
    while True:
        found = datetime.combine(day, time(plan.hour), zone).astimezone(UTC)
        right = found > moment if step > 0 else found <= moment
        if right and str(day.isoweekday()) in plan.weekdays:
            return found
        day += timedelta(days=step)


def slot_of(plan: DigestPlan, occasion: datetime) -> str:
    """The name of the mail of an occasion; there is one for each reader and local day."""
    return f"digest {occasion.astimezone(zone_of(plan.reader)).date()}"


def must_wait(occasion: datetime, newest: date | None, now: datetime) -> bool:
    """Whether papers that arXiv announced before the occasion can still be expected soon."""
    listing = schedule.latest_listing(occasion)
    start = max(occasion, schedule.announced_at(listing))
    return now - start < PATIENCE and not has_come(listing, newest, now)


def has_come(listing: date, newest: date | None, now: datetime) -> bool:
    """Whether a listing is here as a whole.

    Where a harvest runs, both its jobs have to be through: the second one brings cross-lists and
    papers whose records are late.
    """
    if newest is None or newest < listing:
        return False
    if Job.objects.filter(outcome=Job.Outcome.RUNNING, name__in=AFTER).exists():
        return False
    last = Job.objects.filter(name=LISTINGS).order_by("started", "pk").last()
    due = schedule.announced_at(listing) + AFTER[LISTINGS]
    return last is None or last.started >= due or now >= due + SETTLING
