"""Best: papers of a span of time ranked by all that the reader likes."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.queries import lists
from bookwheel.web.choices import read_choices
from bookwheel.web.entries import why_tag
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit

RECENT = 30  # days that are ranked unless the reader asks for others


@require_safe
def best(request: Visit) -> HttpResponse:
    """Show them, without what the reader has."""
    choices = read_choices(request.GET, days=RECENT)
    listing = lists.for_you(request.user, choices)
    return show_list(
        request, listing, choices, why=why_tag, heading=_("Best for you"), views="best"
    )
