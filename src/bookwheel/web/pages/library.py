"""The library: all that the reader keeps."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.access import tag_read
from bookwheel.queries import lists
from bookwheel.web.choices import read_choices
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit


@require_safe
def library(request: Visit) -> HttpResponse:
    """Likes and tags, last kept first; with `tag`, only what is under it."""
    name = request.GET.get("tag")
    tag = tag_read(request.user, name) if name else None
    choices = read_choices(request.GET)
    listing = lists.library(request.user, choices, tag)
    heading = _("Library: %(tag)s") % {"tag": tag.name} if tag else _("Library")
    return show_list(request, listing, choices, heading=heading, by_tag=tag)
