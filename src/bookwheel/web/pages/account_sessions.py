"""Ending one of one's own sessions on another device."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bookwheel.access import session_write
from bookwheel.web.posted import posted_number
from bookwheel.web.visit import Visit


@require_POST
def end_session(request: Visit) -> HttpResponse:
    """End the session whose number the form names."""
    session_write(request.user, posted_number(request, "session")).end()
    return redirect("usersessions_list")
