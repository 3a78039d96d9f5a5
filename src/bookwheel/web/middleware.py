"""What happens around every page: the local reader is let in, errors become pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.auth import login, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from bookwheel.actions.explain_disk import advice_on
from bookwheel.actions.open_local_reader import open_local_reader
from bookwheel.errors import BookwheelError
from bookwheel.models import Reader
from bookwheel.web.pages.errors import explain, unwritable
from bookwheel.web.solo import loaded_by_another_site, solo_allowed

log = logging.getLogger(__name__)
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
    if loaded_by_another_site(request):
        request.user = AnonymousUser()  # and the session stays for the reader's own pages
    elif solo_allowed(request):
        if not known:
            _let_in(request, open_local_reader())
    elif known:
        logout(request)


def _let_in(request: HttpRequest, reader: Reader) -> None:
    """Start a session for a browser; a script keeps no cookie and would leave one each time."""
    if "text/html" in request.headers.get("Accept", ""):
        try:
            login(request, reader)
            request.session.save()
            return
        except DatabaseError as error:  # a full disk keeps nobody from reading
            request.session = SessionStore()
            _log(error)
    request.user = reader


def _log(error: DatabaseError) -> None:
    log.error("The data folder cannot be written (%s). %s.", error, advice_on(error))


class ErrorPages:
    """Turns an error made for people into a page that says what happened and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Explain our own errors and the disk's; leave all others to Django, which logs them."""
        if isinstance(error, BookwheelError):
            return explain(request, error)
        if isinstance(error, DatabaseError) and advice_on(error):
            _log(error)
            return unwritable(request)
        return None
