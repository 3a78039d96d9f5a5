"""A day: what was announced and is for the reader; new papers, cross-lists, replacements apart."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.queries.feed import day_feed, newest_day
from bookwheel.web.addresses import read_day, read_wanted
from bookwheel.web.day import day_of_feed
from bookwheel.web.visit import Visit


@require_safe
def day(request: Visit, day: str) -> HttpResponse:
    """Show it."""
    chosen, wanted = read_day(day), read_wanted(request.GET)
    if newest_day() is None:
        return redirect("for_you")
    feed = day_feed(request.user, chosen, wanted, timezone.now())
    context = {
        "heading": _("For you"),
        "day": day_of_feed(request, feed, wanted),
        "missed": None,
        "clock": "",
    }
    return render(request, "day.html", context)
