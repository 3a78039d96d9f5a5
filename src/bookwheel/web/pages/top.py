"""Top kept: what the readers of this site keep most."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.config import config
from bookwheel.queries import lists
from bookwheel.queries.top import SPANS
from bookwheel.web.choices import Link, changed, read_choices
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit

USUAL = "week"


@require_safe
def top(request: Visit) -> HttpResponse:
    """Show it for a day, a week, a month or a year back from now."""
    chosen = request.GET.get("span", USUAL)
    span = chosen if chosen in SPANS else USUAL
    choices = read_choices(request.GET)
    names = {"day": _("day"), "week": _("week"), "month": _("month"), "year": _("year")}
    links = [Link(names[name], changed(request, span=name), name == span) for name in SPANS]
    return show_list(
        request,
        lists.top(request.user, choices, span),
        choices,
        heading=_("Top kept"),
        lead=_("What most readers here have liked or tagged"),
        views="top",
        spans=links,
        least=config().top_least,
    )
