"""The library: all that the reader keeps, and what is for later."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.access import tag_read
from bookwheel.queries import lists
from bookwheel.web.choices import Link, changed, read_choices
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit


@require_safe
def library(request: Visit) -> HttpResponse:
    """Likes and tags, last kept first; with `tag`, only what is under it; or what is for later."""
    name, later = request.GET.get("tag"), request.GET.get("state") == "later"
    tag = tag_read(request.user, name) if name else None
    choices = read_choices(request.GET)
    listing = (
        lists.later(request.user, choices) if later else lists.library(request.user, choices, tag)
    )
    heading = _("Library: %(tag)s") % {"tag": tag.name} if tag else _("Library")
    states = [
        Link(_("kept"), changed(request, state=None), not later),
        Link(_("for later"), changed(request, state="later", tag=None), later),
    ]
    return show_list(request, listing, choices, heading=heading, by_tag=tag, states=states)
