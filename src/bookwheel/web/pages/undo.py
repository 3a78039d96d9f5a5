"""Undo a change."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from bookwheel.access import change_write
from bookwheel.actions.undo_change import undo_change
from bookwheel.models import Paper
from bookwheel.web.answers import back, draw_gesture, tell
from bookwheel.web.entries import anchor
from bookwheel.web.posted import posted_number
from bookwheel.web.visit import Visit


@require_POST
def undo(request: Visit) -> HttpResponse:
    """Take a change back; a paper's controls are drawn anew, for all else the whole page."""
    change = change_write(request.user, posted_number(request, "change"))
    undo_change(request.user, change)
    paper = Paper.objects.filter(pk=change.before.get("paper")).first()
    if request.htmx and paper:
        return draw_gesture(request, paper, _("Undone."), swap=True)
    tell(request, _("Undone."))
    if request.htmx:
        return HttpResponseClientRefresh()
    return back(request, anchor(paper.arxiv_id) if paper else "")
