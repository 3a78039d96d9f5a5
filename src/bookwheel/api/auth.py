"""Who calls: a reader's program with a key, or a reader's own page with its session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from bookwheel.actions.use_api_key import use_api_key
from bookwheel.errors import ForeignFormError, KeyRefusedError
from bookwheel.models import ApiKey, Reader


class Call(HttpRequest):
    """For type hints only: the request of a program; `auth` is the reader for whom it acts."""

    auth: Reader


class Key(HttpBearer):
    """A key in the header `Authorization: Bearer bw_…`."""

    scope: ApiKey.Scope

    def __call__(self, request: HttpRequest) -> Any | None:
        """The reader; None without a header, so that a session may do.

        Raises:
            KeyRefusedError: what the header holds is no key that may do this.
        """
        sent = request.headers.get("Authorization")
        if sent is None:
            return None
        scheme, _space, secret = sent.partition(" ")
        if scheme.lower() != "bearer":
            raise KeyRefusedError(_("Send the key as “Authorization: Bearer bw_…”."))
        return self.authenticate(request, secret)

    def authenticate(self, request: HttpRequest, token: str) -> Reader:
        """The reader for whom a key acts; counts the request."""
        return use_api_key(token, self.scope)


class Session(APIKeyCookie):
    """The session of a browser; changes need the form's CSRF token besides."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any | None:
        """The reader who is logged in, if anybody is.

        Raises:
            ForeignFormError: a change that was not sent from a page of ours.
        """
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Reader | None:
        """The reader who is logged in, if anybody is."""
        if not isinstance(request.user, Reader):
            return None
        if check_csrf(request):
            raise ForeignFormError(
                _("A change with a session needs the header X-CSRFToken. Programs use a key.")
            )
        return request.user


class ReadKey(Key):
    """A key that may read."""

    scope = ApiKey.Scope.READ


class WriteKey(Key):
    """A key that may change what is the reader's."""

    scope = ApiKey.Scope.WRITE


class AskKey(Key):
    """A key that may put questions to a model."""

    scope = ApiKey.Scope.ASK


READ: list[Any] = [ReadKey(), Session()]
WRITE: list[Any] = [WriteKey(), Session()]
ASK: list[Any] = [AskKey(), Session()]
LOGIN: list[Any] = [Session()]
