"""What may follow `date:` in a search: days, months, years, ranges, comparisons, "the last 7d".

Leaves out: the rest of the search language (`grammar.py`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from bookwheel.index.tree import Dated

EPOCH = date(1970, 1, 1).toordinal()
YEARS = range(1900, 2101)
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_COMPARED = re.compile(r"(>=|<=|>|<)(.*)", re.DOTALL)
_AGO = re.compile(r"([0-9]{1,4})d")
_NAMED_SPANS = {"week": 7, "month": 31}  # days


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def period(text: str, *, today: date | None = None) -> Dated:
    """Read a period; `7d`, `week` and `month` end today and are understood only if it is given.

    Raises:
        ValueError: what is wrong with it, for a reader.
    """
    if today and (length := _days_back(text)):
        return Dated(day_number(today) - length, day_number(today))
    if match := _COMPARED.fullmatch(text):
        return _compared(match[1], match[2])
    if ".." in text:
        return _between(*text.split("..", 1))
    return Dated(*_span(text))


def _days_back(text: str) -> int:
    match = _AGO.fullmatch(text)
    return int(match[1]) if match else _NAMED_SPANS.get(text.lower(), 0)


def _compared(operator: str, text: str) -> Dated:
    first, last = _span(text)
    return {
        ">": Dated(last + 1, None),
        ">=": Dated(first, None),
        "<": Dated(None, first - 1),
        "<=": Dated(None, last),
    }[operator]


def _between(start: str, end: str) -> Dated:
    if not start and not end:
        raise ValueError(
            "A range of dates needs a beginning or an end, as in date:2025-01..2025-03."
        )
    first = _span(start)[0] if start else None
    last = _span(end)[1] if end else None
    if first is not None and last is not None and first > last:
        raise ValueError(f"This range ends before it begins. Write {end}..{start}.")
    return Dated(first, last)


def _span(text: str) -> tuple[int, int]:
    """First and last day of a year, a month or a day."""
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError(
            f"“{text}” is not a date. Write a year, a month or a day: date:2025, date:2025-03 or "
            "date:2025-03-14; or a range: date:2025-01..2025-03."
        )
    year, month, day = match.groups()
    if int(year) not in YEARS:
        raise ValueError(f"The year {year} is out of reach: write one from 1900 to 2100.")
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"There is no {text} in the calendar.") from None
    last_month = int(month or 12)
    last_day = int(day or monthrange(first.year, last_month)[1])
    return day_number(first), day_number(date(first.year, last_month, last_day))
