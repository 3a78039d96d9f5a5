"""How often strangers, and programs of readers, may ask for what costs something."""

from __future__ import annotations

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bookwheel.config import config
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
    if _count(f"{what}:{hidden}", MINUTE) > most:
        raise QuotaError(_("That was very often. Wait a minute, then try again."))


def check_questions(reader: Reader) -> None:
    """Count one more question of a reader's programs; the limit holds for each hour of the clock.

    Raises:
        QuotaError: there were more than the setting `questions_per_hour` allows.
    """
    most = config().questions_per_hour
    if most and _count(f"questions:{reader.pk}", HOUR) > most:
        raise QuotaError(
            _("Your programs have asked %(count)d questions in this hour. Ask again in the next.")
            % {"count": most}
        )


def check_mails(reader: Reader) -> None:
    """Count one more mail that a reader asks for, to whatever address, in each hour of the clock.

    Raises:
        QuotaError: there were more than a few.
    """
    if _count(f"mails:{reader.pk}", HOUR) > MAILS:
        raise QuotaError(_("That were many mails. Wait an hour, then try again."))


def check_files(reader: Reader) -> None:
    """Count one more file that a reader brings; reading one may take minutes of computing.

    Raises:
        QuotaError: there were more than `FILES` in this hour.
    """
    if _count(f"files:{reader.pk}", HOUR) > FILES:
        raise QuotaError(
            _("You have brought %(count)d files in this hour. Go on in the next.")
            % {"count": FILES}
        )


def _count(what: str, seconds: int) -> int:
    """How often it was counted in this stretch of the clock, this time included."""
    key = f"rate:{what}:{int(time.time()) // seconds}"
    if cache.add(key, 1, 2 * seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it went away in between
        return 1
