"""One tag, or several: papers ranked by what they have learned."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.access import tag_read
from bookwheel.queries import lists
from bookwheel.web.choices import read_choices
from bookwheel.web.entries import why_tag
from bookwheel.web.listing import show_list
from bookwheel.web.visit import Visit


@require_safe
def tag(request: Visit, name: str) -> HttpResponse:
    """Papers for one tag."""
    chosen = tag_read(request.user, name)
    choices = read_choices(request.GET)
    return show_list(
        request,
        lists.by_tags(request.user, [chosen], choices),
        choices,
        why=why_tag,
        heading=chosen.name,
        tag=chosen,
    )


@require_safe
def any_tags(request: Visit) -> HttpResponse:
    """Papers for any of the tags that the address names; with none, for all; or for each of them.

    `together=all` asks for the latter.
    """
    names = list(dict.fromkeys(request.GET.getlist("tag")))
    if not names:
        return redirect("for_you")
    tags = [tag_read(request.user, name) for name in names]
    choices = read_choices(request.GET)
    every = request.GET.get("together") == "all"
    heading = _("All of %(tags)s") if every else _("Any of %(tags)s")
    heading %= {"tags": ", ".join(each.name for each in tags)}
    by = lists.by_all_tags if every else lists.by_tags
    listing = by(request.user, tags, choices)
    return show_list(request, listing, choices, why=why_tag, heading=heading)
