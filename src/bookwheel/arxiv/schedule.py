"""arXiv's clock: which submissions are announced when.

Submissions until 14:00 in New York are announced that evening at 20:00, Friday's on Sunday; there
is no announcement on Friday and Saturday evening. What is announced in an evening is the listing of
the day after: Sunday evening's papers are Monday's.

Source: "Availability of submissions" in arXiv's help. Before 2017 the hours were others, so older
days can be one off. Leaves out: what arXiv defers at short notice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
CUTOFF = time(14)
EVENING = time(20)
_DAY = timedelta(days=1)
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY = 0, 3, 4, 5


def listing_of(submitted: datetime) -> date:
    """The listing in which a submission comes, by the moment at which it was made."""
    local = submitted.astimezone(ZONE)
    closes = local.date() + _DAY * (local.time() >= CUTOFF)
    while closes.weekday() >= _SATURDAY:
        closes += _DAY
    # Of Friday's submissions the listing is Monday's, like that of Sunday evening.
    first = closes + _DAY * (3 if closes.weekday() == _FRIDAY else 1)
    return first if is_listing(first) else next_listing(first)


def listing_of_paper(first_date: date | str, created: str) -> date:
    """The same for a paper: the day of its first version, and the time of the first one known."""
    day = str(first_date)
    return listing_of_hour(created[:13] if created.startswith(day) else f"{day}T00")


@lru_cache(maxsize=65536)  # papers arrive by the thousand in an hour, and the cutoff is a full hour
def listing_of_hour(hour: str) -> date:
    """The same for `2025-03-14T17`, an hour in UTC; a day that no calendar reaches stays itself."""
    try:
        return listing_of(datetime.fromisoformat(f"{hour}:00:00").replace(tzinfo=UTC))
    except OverflowError:
        return date.fromisoformat(hour[:10])


def window(day: date) -> tuple[datetime, datetime]:
    """From when, and before when, the submissions of a listing are made, in UTC."""
    before = day - _DAY
    while not is_listing(before):
        before -= _DAY
    return _closes(before).astimezone(UTC), _closes(day).astimezone(UTC)


def _closes(day: date) -> datetime:
    """The cutoff of a listing."""
    return datetime.combine(day - _DAY * (3 if day.weekday() == _MONDAY else 1), CUTOFF, ZONE)


def is_listing(day: date) -> bool:
    """Whether a listing of this day is to be expected."""
    evening = day - _DAY
    return day.weekday() <= _FRIDAY and evening not in holidays(evening.year)


def next_listing(day: date) -> date:
    """The first listing after a day."""
    day += _DAY
    while not is_listing(day):
        day += _DAY
    return day


def announced_at(day: date) -> datetime:
    """When the listing of a day is announced: the evening before."""
    return datetime.combine(day - _DAY, EVENING, ZONE)


def latest_listing(now: datetime) -> date:
    """The last listing that was announced by now."""
    day = now.astimezone(ZONE).date() + _DAY
    while not is_listing(day) or announced_at(day) > now:
        day -= _DAY
    return day


def listings_between(first: date, last: date) -> int:
    """How many listings are to be expected after the first day and until the last."""
    days = (first + _DAY * number for number in range(1, (last - first).days + 1))
    return sum(map(is_listing, days))


@lru_cache(maxsize=256)
def holidays(year: int) -> frozenset[date]:
    """Evenings without an announcement that come back every year; arXiv names some more in time."""
    return frozenset(
        {
            date(year, 1, 1),
            _nth(year, 1, _MONDAY, 3),  # Martin Luther King
            date(year, 6, 19),
            date(year, 7, 4),
            _nth(year, 9, _MONDAY, 1),  # Labor Day
            _nth(year, 11, _THURSDAY, 4),  # Thanksgiving
            date(year, 12, 25),
        }
    )


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The n-th Monday, for instance, of a month."""
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (number - 1))
