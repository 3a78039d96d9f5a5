"""How accounts are opened and written to: the settings' say over allauth's flows."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bookwheel.config import config
from bookwheel.errors import MailError
from bookwheel.models import Reader

log = logging.getLogger(__name__)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is open only where the operator opened it; a mail that fails is explained."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Ask the setting `sign_up`."""
        return config().sign_up == "open"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail.

        Raises:
            MailError: the mail server is not there or does not take it.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # among them all of smtplib's
            log.error("A mail could not be sent: %s", error)
            raise MailError(
                _(
                    "The mail could not be sent. Try again later, or tell whoever runs this "
                    "server; its log says why."
                )
            ) from error


class Login(AuthenticationBackend):  # type: ignore[misc]
    """Takes as long over an address that is known as over one that is not.

    allauth hands on an address as name and as address, and then hashes the password twice where
    there is such an account, once where there is none: a quarter of a second that tells strangers.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Reader | None:
        """Give the reader whose password this is. A name may be an address, so one is enough."""
        if credentials.get("email") == credentials.get("username"):
            credentials.pop("email", None)
        reader: Reader | None = super().authenticate(request, **credentials)
        return reader
