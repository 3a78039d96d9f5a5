"""Times as arXiv writes them in its dump (RFC 2822), to ISO 8601 in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from bookwheel.errors import PaperError

_USUAL = re.compile(
    r"[A-Z][a-z]{2}, ([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) "
    r"((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]) GMT"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def utc(text: str) -> str:
    """`Mon, 2 Apr 2007 19:18:42 GMT` to `2007-04-02T19:18:42Z`; ISO 8601 is understood too.

    Raises:
        PaperError: it is not a time.
    """
    try:
        if usual := _USUAL.fullmatch(text):
            return f"{_day(usual[1], usual[2], usual[3])}T{usual[4]}Z"
        time = _unusual(text).astimezone(UTC).replace(microsecond=0, tzinfo=None)
        return f"{time.isoformat()}Z"
    except (ValueError, OverflowError) as error:
        raise PaperError(f"“{text[:40]}” is not a time") from error


@lru_cache(maxsize=1024)  # a dump has thousands of papers of each day in a row
def _day(day: str, month: str, year: str) -> str:
    return date(int(year), _MONTHS.index(month) + 1, int(day)).isoformat()


def _unusual(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = parsedate_to_datetime(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
