"""What a visitor sees when something goes wrong: what happened, what is safe, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bookwheel import errors
from bookwheel.web.answers import way_back

_STATUS: tuple[tuple[type[errors.BookwheelError], int], ...] = (
    (errors.NotFoundError, 404),
    (errors.InputError, 400),
    (errors.QuotaError, 429),
    (errors.QueryError, 400),
    (errors.PaperError, 400),
    (errors.ThrottledError, 429),
)


def explain(request: HttpRequest, error: errors.BookwheelError) -> HttpResponse:
    """Show the message of one of our own errors."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 503)
    return _page(request, status, _("That did not work"), str(error))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: mostly a host name that the server does not answer to."""
    message = _(
        "The request cannot be understood, or this server does not answer to this host name. "
        "Whoever runs it can add names with the setting BOOKWHEEL_HOSTS."
    )
    return HttpResponse(message, status=400, content_type="text/plain; charset=utf-8")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not allowed."""
    return _page(request, 403, _("Not allowed"), _("You are not allowed to do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not the visitor's."""
    message = _("There is no such page, or it is not yours. Search for what you were looking for.")
    return _page(request, 404, _("Not found"), message)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; it is in the log."""
    message = _(
        "Bookwheel made a mistake and wrote it to its log. Nothing you saved is lost. "
        "Go back and try again; if it happens again, please report it."
    )
    return _page(request, 500, _("Something broke"), message)


def unwritable(request: HttpRequest) -> HttpResponse:
    """503: the disk is full or may not be written; what can be read still is."""
    message = _(
        "The data folder cannot be written just now, so nothing was changed. Reading goes on. "
        "Whoever runs this server finds the reason in its log."
    )
    return _page(request, 503, _("That did not work"), message)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not sent from a page of ours."""
    message = _(
        "This form was opened too long ago, or cookies are off. Nothing was changed. "
        "Go back, reload the page and send it again."
    )
    return _page(request, 403, _("The form has expired"), message)


def _page(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    """A whole page; for a script on a page just the sentence, which it shows where it acts."""
    if request.headers.get("HX-Request"):
        return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
    form = way_back(request) if request.method == "POST" else ""
    context = {"heading": title, "message": message, "form": form}
    return render(request, "error.html", context, status=status)
