"""Preferences: how the pages look to a reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from bookwheel.actions.set_preferences import set_preferences
from bookwheel.web.answers import back


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Set density or theme, whichever the form has, and go back."""
    set_preferences(
        request.user, density=request.POST.get("density"), theme=request.POST.get("theme")
    )
    return back(request)
