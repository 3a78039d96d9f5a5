"""The list of conversations beside the thread: pinned, then by the day of the last question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from bookwheel.models import Conversation

WEEK, MONTH = 7, 30


@dataclass(frozen=True)
class Shelf:
    """Conversations under a heading."""

    heading: str
    conversations: Sequence[Conversation]


def shelves(conversations: Sequence[Conversation]) -> list[Shelf]:
    """Group a list that is in order already."""
    today = timezone.localdate()
    return [
        Shelf(heading, list(group))
        for heading, group in groupby(conversations, lambda each: _heading(each, today))
    ]


def _heading(conversation: Conversation, today: date) -> str:
    if conversation.pinned:
        return _("Pinned")
    day = timezone.localdate(conversation.updated)
    age = (today - day).days
    if age <= 0:
        return _("Today")
    if age == 1:
        return _("Yesterday")
    if age <= WEEK:
        return _("Last 7 days")
    if age <= MONTH:
        return _("Last 30 days")
    return str(formats.date_format(day, "YEAR_MONTH_FORMAT"))
