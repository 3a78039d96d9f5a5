"""What a reader chose for a list, read from the address and written back into addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from bookwheel.core.categories import find_category
from bookwheel.queries.lists import Choices

_LONGEST_SPAN = 36500
_LAST_PAGE = 100_000
_OWN = ("days", "since", "until", "cat", "hide", "only", "page")


def span_names() -> dict[int, str]:
    """Spans of days that are offered, after the word "Last"."""
    return {
        1: _("day"),
        3: _("3 days"),
        7: _("week"),
        30: _("30 days"),
        90: _("90 days"),
        365: _("year"),
    }


def read_choices(address: QueryDict, *, days: int | None = None) -> Choices:
    """Read the filter bar's part of an address; what makes no sense there is as if left out.

    `days` is the span of a view whose address names none; `days=all` then means all.
    """
    named = address.get("days")
    return Choices(
        days=None if named == "all" else _number(named, _LONGEST_SPAN) or days,
        since=_day(address.get("since", "")),
        until=_day(address.get("until", "")),
        category=_category(address.get("cat", "")),
        hide_mine=address.get("hide") == "mine",
        first_versions=address.get("only") == "v1",
        page=_number(address.get("page"), _LAST_PAGE) or 1,
    )


def _number(text: str | None, most: int) -> int | None:
    if text is None or not (text.isascii() and text.isdigit()):
        return None
    number = int(text[:9])
    return number if 1 <= number <= most else None


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _category(text: str) -> str:
    if not text:
        return ""
    try:
        return find_category(text)
    except ValueError:
        return ""


def changed(request: HttpRequest, **changes: str | int | None) -> str:
    """Give the address of the same view with some parameters changed; None leaves one out."""
    address = request.GET.copy()
    for name, value in ({"page": None} | changes).items():
        address.pop(name, None)
        if value is not None:
            address[name] = str(value)
    return f"{request.path}?{address.urlencode()}" if address else request.path


@dataclass(frozen=True)
class Link:
    """A choice that is a link."""

    text: str
    href: str
    current: bool = False


class Filters:
    """The filter bar of one view."""

    def __init__(self, request: HttpRequest, choices: Choices) -> None:
        self.choices = choices
        self._request = request

    @cached_property
    def spans(self) -> list[Link]:
        """The last 1, 3, 7 … days, or all."""
        chosen = self.choices.days
        links = [
            Link(name, changed(self._request, days=span), span == chosen)
            for span, name in span_names().items()
        ]
        return [*links, Link(_("all"), changed(self._request, days="all"), chosen is None)]

    @cached_property
    def active(self) -> list[Link]:
        """The filters in force, besides the span of days; each link takes one away."""
        made = self.choices
        named = [
            ("since", made.since and _("from %(day)s") % {"day": made.since}),
            ("until", made.until and _("to %(day)s") % {"day": made.until}),
            ("cat", made.category),
            ("hide", made.hide_mine and _("without what I have")),
            ("only", made.first_versions and _("only first versions")),
        ]
        return [
            Link(str(text), changed(self._request, **{name: None})) for name, text in named if text
        ]

    @property
    def others(self) -> list[tuple[str, str]]:
        """Parameters that the form must carry along."""
        kept = [name for name in self._request.GET if name not in _OWN or name == "days"]
        return [(name, value) for name in kept for value in self._request.GET.getlist(name)]

    @property
    def clear(self) -> str:
        """The view without any filter."""
        return changed(self._request, **dict.fromkeys(_OWN))
