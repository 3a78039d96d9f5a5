"""Tags: make, rename, colour, merge, delete; each with a way back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import tag_write
from bookwheel.actions.colour_tag import colour_tag
from bookwheel.actions.create_tag import create_tag
from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.merge_tags import merge_tags
from bookwheel.actions.rename_tag import rename_tag
from bookwheel.models import Tag
from bookwheel.queries.tags import counted_tags
from bookwheel.web.answers import back, tell
from bookwheel.web.listing import papers
from bookwheel.web.posted import posted_number
from bookwheel.web.visit import Visit


@require_safe
def tags(request: Visit) -> HttpResponse:
    """All tags of the reader, and forms to change them."""
    counted = [(each.tag, papers(each.papers)) for each in counted_tags(request.user)]
    return render(request, "tags.html", {"counted": counted, "colours": colour_names()})


def colour_names() -> list[str]:
    """Names of the palette's colours, in its order, for those who do not see them."""
    return [
        _("blue"),
        _("brown"),
        _("teal"),
        _("violet"),
        _("olive"),
        _("wine red"),
        _("green"),
        _("grey"),
    ]


@require_POST
def create(request: Visit) -> HttpResponse:
    """Make an empty tag."""
    change = create_tag(request.user, request.POST.get("name", ""))
    tell(request, _("Tag made."), change)
    return back(request)


@require_POST
def rename(request: Visit) -> HttpResponse:
    """Give a tag another name."""
    change = rename_tag(request.user, _tag(request), request.POST.get("name", ""))
    tell(request, _("Tag renamed."), change)
    return back(request)


@require_POST
def colour(request: Visit) -> HttpResponse:
    """Give a tag another colour."""
    change = colour_tag(request.user, _tag(request), posted_number(request, "colour"))
    tell(request, _("Colour changed."), change)
    return back(request)


@require_POST
def merge(request: Visit) -> HttpResponse:
    """Put a tag's papers under another tag and delete it."""
    change = merge_tags(request.user, _tag(request), _tag(request, "into"))
    tell(request, _("Tags merged."), change)
    return back(request)


@require_POST
def delete(request: Visit) -> HttpResponse:
    """Delete a tag."""
    change = delete_tag(request.user, _tag(request))
    tell(request, _("Tag deleted. Its papers keep their likes."), change)
    return back(request)


def _tag(request: Visit, name: str = "which") -> Tag:
    return tag_write(request.user, posted_number(request, name))
