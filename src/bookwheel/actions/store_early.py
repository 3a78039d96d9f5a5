"""Announcements that come before their papers: kept aside, joined when the papers come.

`store_announcements.py` stores those of papers that are here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from bookwheel.actions.store_announcements import StoredAnnouncements, store_announcements
from bookwheel.arxiv.announced import Announced
from bookwheel.models import EarlyAnnouncement, Paper

_KEPT = timedelta(days=60)  # whose papers have not come by then are of fields that nobody wants
_AT_ONCE = 500


def store_with_early(told: Iterable[Announced]) -> StoredAnnouncements:
    """Store announcements, and keep those of papers that are not here yet."""
    everything = list(told)
    result = store_announcements(everything)
    ids = sorted({one.arxiv_id for one in everything})
    held: set[str] = set()
    for at in range(0, len(ids), _AT_ONCE):
        part = ids[at : at + _AT_ONCE]
        held |= set(Paper.objects.filter(arxiv_id__in=part).values_list("arxiv_id", flat=True))
    EarlyAnnouncement.objects.bulk_create(
        [EarlyAnnouncement(**one._asdict()) for one in everything if one.arxiv_id not in held],
        ignore_conflicts=True,
        batch_size=_AT_ONCE,
    )
    if everything:
        last = max(one.day for one in everything)
        EarlyAnnouncement.objects.filter(day__lt=last - _KEPT).delete()
    return result


def join_early(arxiv_ids: Iterable[str]) -> StoredAnnouncements:
    """Store what was announced of papers that have come by now."""
    result = StoredAnnouncements()
    ids = list(arxiv_ids)
    for at in range(0, len(ids), _AT_ONCE):
        early = EarlyAnnouncement.objects.filter(arxiv_id__in=ids[at : at + _AT_ONCE])
        with transaction.atomic():
            waiting = list(early)
            told = [Announced(one.arxiv_id, one.day, one.kind) for one in waiting]
            if told:
                part = store_announcements(told)
                result.stored += part.stored
                result.dated += part.dated
                early.filter(pk__in=[one.pk for one in waiting]).delete()
    return result
