"""Say whether an answer helped, and why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bookwheel.content.clean import clean
from bookwheel.errors import InputError
from bookwheel.models import Message

_RATINGS = {"up": 1, "down": -1, "none": 0}


def rate_answer(told: Message, rating: str, reason: str = "") -> None:
    """Keep a rating: "up", "down" or "none".

    Raises:
        InputError: it is none of these.
    """
    if rating not in _RATINGS:
        raise InputError(_("There is no such choice."))
    Message.objects.filter(pk=told.pk, role=Message.Role.ANSWER).update(
        rating=_RATINGS[rating], reason=clean(reason)[:500]
    )
