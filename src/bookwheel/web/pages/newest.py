"""New: all papers by the day they were announced."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.core import categories
from bookwheel.queries import lists
from bookwheel.web.choices import read_choices
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit


@require_safe
def newest(request: Visit) -> HttpResponse:
    """Show it."""
    choices = read_choices(request.GET)
    listing = lists.newest(request.user, choices)
    heading = _("New")
    if choices.category:
        heading = _("New in %(category)s") % {"category": choices.category}
    lead = categories.name(choices.category) if choices.category else ""
    return show_list(request, listing, choices, heading=heading, lead=lead)
