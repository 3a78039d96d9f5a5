"""Preferences: how the pages look to a reader."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from bookwheel.actions.set_learning import set_learning
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.web.answers import back
from bookwheel.web.visit import Visit


@require_POST
def preferences(request: Visit) -> HttpResponse:
    """Set what the form has, and go back. A box that is not ticked is sent as "no" beside it."""
    set_preferences(
        request.user,
        density=request.POST.get("density"),
        theme=request.POST.get("theme"),
        time_zone=request.POST.get("time_zone"),
        line=request.POST.get("line"),
        figures=_ticked(request, "figures"),
    )
    set_learning(
        request.user,
        shade=_ticked(request, "shade"),
        explore=request.POST.get("explore"),
        learn_opens=_ticked(request, "learn_opens"),
    )
    return back(request)


def _ticked(request: Visit, name: str) -> bool | None:
    sent = request.POST.getlist(name)
    return "yes" in sent if sent else None
