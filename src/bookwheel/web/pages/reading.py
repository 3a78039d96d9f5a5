"""What a reader has read: a paper for later, read or unread, and the rest of a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookwheel.access import paper_read
from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.actions.note_opened import note_opened
from bookwheel.actions.set_reading import set_reading
from bookwheel.models import Reading
from bookwheel.queries.feed import rest_of_day
from bookwheel.web.addresses import read_day
from bookwheel.web.answers import answer_gesture, back, tell
from bookwheel.web.posted import posted
from bookwheel.web.visit import Visit


@require_POST
def later(request: Visit) -> HttpResponse:
    """Keep a paper for later."""
    return _say(request, Reading.State.LATER, _("For later."))


@require_POST
def read(request: Visit) -> HttpResponse:
    """Mark a paper read."""
    return _say(request, Reading.State.READ, _("Marked read."))


@require_POST
def unread(request: Visit) -> HttpResponse:
    """Make a paper unread again, or no longer for later."""
    return _say(request, Reading.State.UNREAD, _("Unread again."))


def _say(request: Visit, state: Reading.State, text: str) -> HttpResponse:
    paper = paper_read(posted(request, "paper"))
    return answer_gesture(request, paper, text, set_reading(request.user, paper, state))


@require_POST
def opened(request: Visit) -> HttpResponse:
    """Count a paper as read, because its page was looked at for a while. The script says so."""
    note_opened(request.user, paper_read(posted(request, "paper")))
    return HttpResponse(status=204)


@require_POST
def read_day_out(request: Visit) -> HttpResponse:
    """Mark the rest of a day read."""
    day = read_day(posted(request, "day"))
    change = mark_days_read(request.user, [day], rest_of_day(request.user, day))
    tell(request, _("The rest of the day is marked read."), change)
    return back(request)
