"""Addresses of a day's page: what the reader chose, read from one and written into others."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from django.http import Http404, QueryDict
from django.utils.http import urlencode

from bookwheel.queries.announced import SECTIONS
from bookwheel.queries.feed import Wanted
from bookwheel.web.choices import read_choices
from bookwheel.web.jinja import url

YEARS = range(1991, 2101)  # arXiv began in 1991; the calendar has an end that must not be met
_SHOWN = ("unread", "below")
_USUAL = Wanted()
_NAMES = {"section": "section", "source": "from", "show": "show", "category": "cat", "page": "page"}


def read_day(text: str) -> date:
    """The day in an address. Raises Http404."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404(str(error)) from error
    if day.year not in YEARS:
        raise Http404(f"{day} is out of reach")
    return day


def read_wanted(address: QueryDict) -> Wanted:
    """What is chosen in an address; what makes no sense there is as if left out."""
    known = read_choices(address)
    section, show = address.get("section", ""), address.get("show", "")
    return Wanted(
        section=section if section in SECTIONS else "",
        source=address.get("from", "")[:32],
        show=show if show in _SHOWN else "",
        category=known.category,
        page=known.page,
    )


def day_address(day: date, wanted: Wanted = _USUAL, **changes: str | int) -> str:
    """The address of a day's page, with some of what was chosen changed."""
    chosen = replace(wanted, **({"page": 1} | changes))  # type: ignore[arg-type]
    parts = [
        (_NAMES[field.name], getattr(chosen, field.name))
        for field in fields(chosen)
        if getattr(chosen, field.name) != getattr(_USUAL, field.name)
    ]
    address = url("day", day.isoformat())
    return f"{address}?{urlencode(parts)}" if parts else address
