"""From a `Listing` to a page: cards, filter bar, pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookwheel.queries.cards import Card, Listing
from bookwheel.queries.lists import Choices
from bookwheel.web.choices import Filters, changed
from bookwheel.web.entries import entries
from bookwheel.web.visit import Visit


@dataclass(frozen=True)
class Pager:
    """Where this page stands among the others."""

    page: int
    pages: int
    total: int
    text: str
    first: str
    previous: str = ""
    next: str = ""


def list_context(
    request: Visit,
    listing: Listing,
    choices: Choices,
    *,
    why: Callable[[Card], str] | None = None,
) -> dict[str, Any]:
    """Give what `_filters.html` and `_results.html` need."""
    return {
        "entries": entries(request, listing, why),
        "filters": Filters(request, choices),
        "pager": pager(request, listing),
        "empty": listing.empty,
    }


def show_list(
    request: Visit,
    listing: Listing,
    choices: Choices,
    *,
    why: Callable[[Card], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Render `list.html`; `context` needs a `heading` and may have a `lead` and a `tag`."""
    defaults = {"lead": "", "tag": None} | list_context(request, listing, choices, why=why)
    return render(request, "list.html", defaults | context)


def pager(request: Visit, listing: Listing) -> Pager:
    """Links to the pages before and after."""
    page, pages = listing.page, listing.pages
    return Pager(
        page=page,
        pages=pages,
        total=listing.total,
        first=changed(request),
        text=" · ".join((place_among(page, pages), papers(listing.total), took(listing))),
        previous=changed(request, page=page - 1 if page > 2 else None) if page > 1 else "",
        next=changed(request, page=page + 1) if page < pages else "",
    )


def place_among(page: int, pages: int) -> str:
    """Page 2 of 9."""
    return _("Page %(page)s of %(pages)s") % {"page": grouped(page), "pages": grouped(pages)}


def papers(count: int) -> str:
    """1,234 papers."""
    return ngettext("%(n)s paper", "%(n)s papers", count) % {"n": grouped(count)}


def took(listing: Listing) -> str:
    """Time in the engine."""
    return in_ms(listing.took_ms)


def in_ms(took_ms: float) -> str:
    """Milliseconds, with a decimal below ten."""
    return _("%(ms)s ms") % {"ms": number_format(took_ms, 1 if took_ms < 10 else 0)}


def grouped(number: int) -> str:
    """Write a number as the reader's language groups it."""
    return number_format(number, force_grouping=True)
