"""Preferences: how the pages look to a reader."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from bookwheel.actions.set_preferences import set_preferences
from bookwheel.web.answers import back
from bookwheel.web.visit import Visit


@require_POST
def preferences(request: Visit) -> HttpResponse:
    """Set density, theme, time zone or line, whichever the form has, and go back."""
    set_preferences(
        request.user,
        density=request.POST.get("density"),
        theme=request.POST.get("theme"),
        time_zone=request.POST.get("time_zone"),
        line=request.POST.get("line"),
    )
    return back(request)
