"""For you: ranked by all that the reader likes. The first page of the site."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.queries import lists
from bookwheel.web.choices import read_choices
from bookwheel.web.entries import why_tag
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit

RECENT = 30  # days that are ranked unless the reader asks for others: what is new comes first


@require_safe
def for_you(request: Visit) -> HttpResponse:
    """Show it; to somebody who likes nothing yet, how to begin and the newest papers."""
    choices = read_choices(request.GET, days=RECENT)
    listing = lists.for_you(request.user, choices)
    if listing.empty == "no_tags":
        choices = read_choices(request.GET)
        return show_list(
            request,
            lists.newest(request.user, choices),
            choices,
            heading=_("For you"),
            welcome=True,
        )
    return show_list(request, listing, choices, why=why_tag, heading=_("For you"))
