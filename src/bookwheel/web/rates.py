"""How often strangers, and readers, may ask for what costs something."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bookwheel.actions.count_requests import count_request
from bookwheel.errors import QuotaError
from bookwheel.models import Reader

MINUTE, HOUR = 60, 3600  # seconds
FILES = 60  # that a reader may bring in an hour
MAILS = 6  # that a reader may ask for in an hour


def check_rate(request: HttpRequest, what: str, most: int) -> None:
    """Count one more request of this address; the limit holds for each minute of the clock.

    Raises:
        QuotaError: there were more than `most` in this minute.
    """
    address = get_adapter().get_client_ip(request)
    hidden = hashlib.sha256(address.encode()).hexdigest()[:24]
    if count_request(f"{what}:{hidden}", MINUTE) > most:
        raise QuotaError(_("That was very often. Wait a minute, then try again."))


def check_mails(reader: Reader) -> None:
    """Count one more mail that a reader asks for, to whatever address, in each hour of the clock.

    Raises:
        QuotaError: there were more than a few.
    """
    if count_request(f"mails:{reader.pk}", HOUR) > MAILS:
        raise QuotaError(_("That were many mails. Wait an hour, then try again."))


def check_files(reader: Reader) -> None:
    """Count one more file that a reader brings; reading one may take minutes of computing.

    Raises:
        QuotaError: there were more than `FILES` in this hour.
    """
    if count_request(f"files:{reader.pk}", HOUR) > FILES:
        raise QuotaError(
            _("You have brought %(count)d files in this hour. Go on in the next.")
            % {"count": FILES}
        )
