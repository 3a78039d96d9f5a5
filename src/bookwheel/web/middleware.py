"""What happens around every page: the local reader is let in, errors become pages."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse

from bookwheel.actions.open_local_reader import open_local_reader
from bookwheel.errors import BookwheelError
from bookwheel.models import Reader
from bookwheel.web.pages.errors import explain
from bookwheel.web.solo import solo_allowed

GetResponse = Callable[[HttpRequest], HttpResponse]


def solo_reader(get_response: GetResponse) -> GetResponse:
    """Let a reader alone on loopback in, and only as long as that is still so."""

    def middleware(request: HttpRequest) -> HttpResponse:
        reader = request.user
        if not (reader.is_authenticated and reader.has_usable_password()):
            _let_in_or_out(request)
        return get_response(request)

    return middleware


def _let_in_or_out(request: HttpRequest) -> None:
    known = request.user.is_authenticated
    if solo_allowed(request):
        if not known:
            _let_in(request, open_local_reader())
    elif known:
        logout(request)


def _let_in(request: HttpRequest, reader: Reader) -> None:
    """Start a session for a browser; a script keeps no cookie and would leave one each time."""
    if "text/html" in request.headers.get("Accept", ""):
        login(request, reader)
    else:
        request.user = reader


class ErrorPages:
    """Turns an error made for people into a page that says what happened and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Explain our own errors; leave all others to Django, which logs them."""
        return explain(request, error) if isinstance(error, BookwheelError) else None
