"""Errors as problem details (RFC 9457), whatever went wrong and wherever."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bookwheel import errors
from bookwheel.actions.explain_disk import advice_on

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[errors.BookwheelError], int], ...] = (
    (errors.NotFoundError, 404),
    (errors.NameTakenError, 409),
    (errors.InputError, 400),
    (errors.QueryError, 400),
    (errors.PaperError, 400),
    (errors.ScopeError, 403),
    (errors.KeyRefusedError, 401),
    (errors.ForeignFormError, 403),
    (errors.ThrottledError, 429),
    (errors.QuotaError, 429),
)


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An answer that says what is wrong."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body = orjson.dumps(told | {"detail": detail} | more)
    answer = HttpResponse(body, content_type=MEDIA_TYPE, status=status)
    answer["Cache-Control"] = "no-store"
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="Bookwheel"'
    return answer


def of_error(error: errors.BookwheelError) -> HttpResponse:
    """What one of our own errors is to a program; what only the operator can mend is 503."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 503)
    more = {"position": error.position} if isinstance(error, errors.QueryError) else {}
    answer = problem(status, str(error), **more)
    if isinstance(error, errors.ThrottledError):
        answer["Retry-After"] = str(error.wait)
    return answer


def not_found() -> HttpResponse:
    """What is not there, or not the caller's: the same for both."""
    return problem(404, _("There is nothing of this name, or it is not yours."))


def handle_errors(api: NinjaAPI) -> None:
    """Have every error answered so."""
    handlers: dict[type[Exception], Callable[[Any], HttpResponse]] = {
        errors.BookwheelError: of_error,
        Http404: lambda _error: not_found(),
        AuthenticationError: lambda _error: problem(
            401, _("Send a key as “Authorization: Bearer bw_…”; the page Keys makes one.")
        ),
        ValidationError: _faulty,
        HttpError: lambda error: problem(error.status_code, str(error)),
        DatabaseError: _database,
        Exception: _fault_of_ours,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, _handler(handler))


def _handler(answer: Callable[[Any], HttpResponse]) -> Callable[..., HttpResponse]:
    def handle(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(error)

    return handle


def _faulty(error: ValidationError) -> HttpResponse:
    faults = [
        {"where": [str(part) for part in each["loc"]], "message": each["msg"]}
        for each in error.errors
    ]
    return problem(422, _("Some values are not as the schema has them."), errors=faults)


def _database(error: DatabaseError) -> HttpResponse:
    if not advice_on(error):
        return _fault_of_ours(error)
    log.error("The data folder cannot be written (%s). %s.", error, advice_on(error))
    return problem(
        503,
        _("The data folder cannot be written just now, so nothing was changed. Reading goes on."),
    )


def _fault_of_ours(error: Exception) -> HttpResponse:
    log.error("A program's request failed.", exc_info=error)
    return problem(500, _("Bookwheel made a mistake and wrote it to its log."))
