"""Search: what was understood, in what order, narrowed by links; results as the reader types."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from bookwheel.core import categories
from bookwheel.errors import IndexMissingError, QueryError
from bookwheel.index.figure_language import is_for_figures
from bookwheel.index.syntax import parse
from bookwheel.queries import lists
from bookwheel.queries.cards import Listing
from bookwheel.queries.engine import engine
from bookwheel.queries.spelling import meant
from bookwheel.queries.tags import counted_tags
from bookwheel.web.choices import Filters, Link, changed, read_choices
from bookwheel.web.entries import why_tag
from bookwheel.web.follows import saved, searched_author
from bookwheel.web.jinja import url
from bookwheel.web.listing import list_context, papers, took
from bookwheel.web.pages.figures import show_figures
from bookwheel.web.pages.help import examples
from bookwheel.web.visit import Visit

_NARROWER = 8  # categories offered as links


@require_safe
@vary_on_headers("HX-Request")
def search(request: Visit) -> HttpResponse:
    """Show the box, and the results when there is something in it."""
    text = request.GET.get("q", "").strip()
    template = "_found.html" if request.htmx else "search.html"
    if not text:
        return render(request, template, _blank(request))
    if is_for_figures(text):
        if request.htmx:
            return show_figures(request, text)
        return redirect(f"{url('figures')}?{urlencode({'q': text})}")
    try:
        return _found(request, template, text)
    except QueryError as error:
        context = _blank(request) | {"text": text, "fault": fault(text, error)}
        return render(request, template, context, status=200 if request.htmx else 400)


def _found(request: Visit, template: str, text: str) -> HttpResponse:
    choices = read_choices(request.GET)
    sort = request.GET.get("sort", "relevance")
    listing = lists.search(request.user, text, choices, sort)
    if listing.redirect_to:
        address = url("paper", listing.redirect_to)
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    why = why_tag if sort.startswith("tag:") else None
    context = _blank(request) | list_context(request, listing, choices, why=why)
    said = " · ".join((listing.understood, papers(listing.total), took(listing)))
    context |= {"text": text, "understood": said, "sorts": sorts(request, sort)}
    context |= {"narrower": narrower(request, listing), "saved": saved(request.user, text)}
    context["meant"] = _meant(text)
    shown = [card.paper for card in listing.cards]
    context["follow"] = searched_author(request.user, parse(text, today=localdate()), shown)
    return render(request, template, context)


def _meant(text: str) -> Link | None:
    """The same search with its misspelt words mended, as a link."""
    try:
        proposed = meant(engine(), text)
    except IndexMissingError:
        return None
    return (
        Link(proposed, f"{url('search')}?{urlencode({'q': proposed})}", False) if proposed else None
    )


def _blank(request: Visit) -> dict[str, Any]:
    filters = Filters(request, read_choices(request.GET))
    return {
        "text": "",
        "fault": None,
        "meant": None,
        "entries": [],
        "filters": filters,
        "pager": None,
        "examples": examples(),
        "carried": [pair for pair in request.GET.items() if pair[0] not in ("q", "page")],
    }


def fault(text: str, error: QueryError) -> dict[str, str]:
    """Split a search at the place that cannot be understood, for marking it."""
    at = min(max(error.position, 0), len(text))
    return {
        "message": str(error),
        "before": text[:at],
        "at": text[at : at + 1] or " ",
        "after": text[at + 1 :],
    }


def sorts(request: Visit, current: str) -> list[Link]:
    """The orders that results can have; a tag without papers has none to give."""
    named = [("relevance", _("relevance")), ("date", _("date"))]
    tags = [counted.tag.name for counted in counted_tags(request.user) if counted.papers]
    named += [(f"tag:{name}", name) for name in tags]
    return [
        Link(text, changed(request, sort=None if name == "relevance" else name), name == current)
        for name, text in named
    ]


def narrower(request: Visit, listing: Listing) -> list[Link]:
    """The categories of what was found, most frequent on this page first."""
    counts = Counter(code for card in listing.cards for code in card.paper.categories.split())
    chosen = request.GET.get("cat", "")
    known = [code for code, _count in counts.most_common() if code in categories.CATEGORIES]
    links = [Link(code, changed(request, cat=code), code == chosen) for code in known[:_NARROWER]]
    return [Link(_("all"), changed(request, cat=None)), *links] if chosen else links
