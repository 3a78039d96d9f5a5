"""How accounts are opened: the settings' say over allauth's flows."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from bookwheel.config import config


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is open only where the operator opened it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Ask the setting `sign_up`."""
        return config().sign_up == "open"
