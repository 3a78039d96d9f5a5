"""How often strangers may ask for what costs something, by their address."""

from __future__ import annotations

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bookwheel.errors import QuotaError

MINUTE = 60  # seconds


def check_rate(request: HttpRequest, what: str, most: int) -> None:
    """Count one more request of this address; the limit holds for each minute of the clock.

    Raises:
        QuotaError: there were more than `most` in this minute.
    """
    address = get_adapter().get_client_ip(request)
    hidden = hashlib.sha256(address.encode()).hexdigest()[:24]
    key = f"rate:{what}:{hidden}:{int(time.time()) // MINUTE}"
    if cache.add(key, 1, 2 * MINUTE):
        return
    try:
        count = cache.incr(key)
    except ValueError:  # it went away in between
        return
    if count > most:
        raise QuotaError(_("That was very often. Wait a minute, then try again."))
