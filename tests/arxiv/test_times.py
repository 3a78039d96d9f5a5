"""Times as servers write them, all to UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.arxiv.times import utc
from bookwheel.errors import PaperError

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
FIRST, LAST = datetime(1991, 1, 1), datetime(2090, 1, 1)  # noqa: DTZ001  (as hypothesis wants them)
MOMENTS = st.datetimes(FIRST, LAST, timezones=ZONES).map(lambda one: one.replace(microsecond=0))


@given(MOMENTS)
def test_any_zone_becomes_utc(moment):
    expected = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert utc(format_datetime(moment)) == expected
    assert utc(moment.isoformat()) == expected
    assert utc(expected) == expected


@given(MOMENTS)
def test_as_arxiv_writes_them(moment):
    at = moment.astimezone(UTC)
    told = f"{at:%a}, {at.day} {at:%b %Y %H:%M:%S} GMT"
    assert utc(told) == at.strftime("%Y-%m-%dT%H:%M:%SZ")


@given(st.text(max_size=60))
def test_anything_else_is_an_error(text):
    try:
        told = utc(text)
    except PaperError:
        return
    assert datetime.fromisoformat(told).tzinfo is not None


@pytest.mark.parametrize("text", ["", "soon", "Mon, 32 Jan 2025 00:00:00 GMT", "2025-13-01"])
def test_what_is_no_time(text):
    with pytest.raises(PaperError):
        utc(text)
