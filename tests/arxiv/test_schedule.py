from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bookwheel.arxiv import schedule
from bookwheel.arxiv.schedule import ZONE

moments = some.integers(680_000_000, 3_786_000_000).map(  # 1991 to 2089
    lambda second: datetime.fromtimestamp(second, UTC)
)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("first", "last", "listing"),
    [  # the table in arXiv's help, in New York's time; 12 October 2026 is a Monday
        ("2026-10-12 14:00", "2026-10-13 13:59", "2026-10-14"),
        ("2026-10-13 14:00", "2026-10-14 13:59", "2026-10-15"),
        ("2026-10-14 14:00", "2026-10-15 13:59", "2026-10-16"),
        ("2026-10-15 14:00", "2026-10-16 13:59", "2026-10-19"),
        ("2026-10-16 14:00", "2026-10-19 13:59", "2026-10-20"),
    ],
)
def test_the_table_of_arxiv(first: str, last: str, listing: str) -> None:
    day = date.fromisoformat(listing)
    assert schedule.listing_of(new_york(first)) == day
    assert schedule.listing_of(new_york(last)) == day
    assert schedule.listing_of(new_york(first) - timedelta(seconds=1)) < day


def test_summer_time_moves_the_hours() -> None:
    assert schedule.listing_of_hour("2026-07-14T17") == date(2026, 7, 15)
    assert schedule.listing_of_hour("2026-07-14T18") == date(2026, 7, 16)
    assert schedule.listing_of_hour("2026-01-13T18") == date(2026, 1, 14)
    assert schedule.listing_of_hour("2026-01-13T19") == date(2026, 1, 15)


def test_a_listing_is_announced_the_evening_before() -> None:
    assert schedule.announced_at(date(2026, 10, 19)).isoformat() == "2026-10-18T20:00:00-04:00"
    assert schedule.announced_at(date(2026, 12, 1)).isoformat() == "2026-11-30T20:00:00-05:00"


@pytest.mark.parametrize(
    ("now", "listing"),
    [
        ("2026-10-18 19:59", "2026-10-16"),
        ("2026-10-18 20:00", "2026-10-19"),
        ("2026-10-17 12:00", "2026-10-16"),
        ("2026-11-26 23:00", "2026-11-26"),  # Thanksgiving: Friday has no listing
        ("2026-11-29 21:00", "2026-11-30"),
    ],
)
def test_the_latest_listing(now: str, listing: str) -> None:
    assert schedule.latest_listing(new_york(now)) == date.fromisoformat(listing)


def test_holidays_put_a_listing_off() -> None:
    assert not schedule.is_listing(date(2026, 11, 27))
    assert schedule.next_listing(date(2026, 11, 26)) == date(2026, 11, 30)
    assert schedule.listing_of(new_york("2026-11-26 09:00")) == date(2026, 11, 30)
    assert date(2026, 1, 19) in schedule.holidays(2026)
    assert date(2026, 9, 7) in schedule.holidays(2026)


def test_listings_are_counted_without_weekends() -> None:
    assert schedule.listings_between(date(2026, 10, 16), date(2026, 10, 23)) == 5
    assert schedule.listings_between(date(2026, 10, 16), date(2026, 10, 16)) == 0


@given(moments)
def test_every_submission_is_listed_soon_after(moment: datetime) -> None:
    listing = schedule.listing_of(moment)
    assert schedule.is_listing(listing)
    waited = schedule.announced_at(listing) - moment
    assert timedelta(hours=5) < waited <= timedelta(days=5, hours=7)


@given(moments)
def test_a_listing_holds_what_was_submitted_in_its_window(moment: datetime) -> None:
    start, end = schedule.window(schedule.listing_of(moment))
    assert start <= moment < end


@given(moments, moments)
def test_who_comes_first_is_not_listed_later(one: datetime, other: datetime) -> None:
    first, last = sorted((one, other))
    assert schedule.listing_of(first) <= schedule.listing_of(last)


@given(moments)
def test_an_hour_is_enough_to_know_the_listing(moment: datetime) -> None:
    assert schedule.listing_of_hour(moment.isoformat()[:13]) == schedule.listing_of(moment)


def test_the_end_of_the_calendar_is_no_trouble() -> None:
    assert schedule.listing_of_hour("9999-12-31T23") == date(9999, 12, 31)
    assert schedule.listing_of_hour("0001-01-01T00").year == 1


def test_a_paper_is_listed_by_its_first_version_even_if_only_a_later_one_is_known() -> None:
    assert schedule.listing_of_paper("2026-07-14", "2026-07-14T19:00:00Z") == date(2026, 7, 16)
    assert schedule.listing_of_paper(date(2026, 7, 14), "2026-07-21T19:00:00Z") == date(2026, 7, 15)
