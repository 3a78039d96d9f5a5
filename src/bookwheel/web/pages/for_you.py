"""For you: the newest day's papers by all that the reader likes. The first page of the site."""

from __future__ import annotations

from datetime import date

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.actions.note_visit import note_visit
from bookwheel.models import LastVisit
from bookwheel.queries import lists
from bookwheel.queries.announced import newest_listing
from bookwheel.queries.clock import clock
from bookwheel.queries.engine import engine
from bookwheel.queries.feed import day_feed, newest_day
from bookwheel.web.addresses import read_wanted
from bookwheel.web.choices import read_choices
from bookwheel.web.day import day_of_feed
from bookwheel.web.lack_texts import clock_note
from bookwheel.web.listing import show_list
from bookwheel.web.missed import missed
from bookwheel.web.visit import Visit


@require_safe
def for_you(request: Visit) -> HttpResponse:
    """Show it; to somebody who likes nothing yet, how to begin and the newest papers."""
    newest = newest_day()
    if newest is None:
        return _welcome(request)
    now = timezone.now()
    wanted = read_wanted(request.GET)
    feed = day_feed(request.user, newest, wanted, now)
    if any(lack.code == "no_tags" for lack in feed.lacks):
        return _welcome(request)
    context = {
        "heading": _("For you"),
        "day": day_of_feed(request, feed, wanted),
        "missed": missed(_visit(request, newest), newest),
        "clock": clock_note(clock(newest_listing(engine()) or newest, now)),
    }
    return render(request, "day.html", context)


def _visit(request: Visit, newest: date) -> LastVisit | None:
    try:
        return note_visit(request.user, newest)
    except DatabaseError:  # a full disk keeps nobody from reading
        return None


def _welcome(request: Visit) -> HttpResponse:
    choices = read_choices(request.GET)
    listing = lists.newest(request.user, choices)
    return show_list(request, listing, choices, heading=_("For you"), welcome=True)
