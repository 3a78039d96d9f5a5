"""Note that a reader is at the feed, and what was there to be seen."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from bookwheel.models import LastVisit, Reader

APART = timedelta(hours=4)  # without a page, after which the next one is another visit
EVERY = timedelta(minutes=5)  # between notes in one visit, so that few pages write


def note_visit(reader: Reader, newest: date) -> LastVisit:
    """The visit that this is, and when the one before it ended; `newest` is the last day held."""
    now = timezone.now()
    visit = LastVisit.objects.filter(reader=reader).first()
    if visit is None:
        visit, _new = LastVisit.objects.get_or_create(
            reader=reader, defaults={"seen": now, "newest": newest}
        )
        return visit
    if now - visit.seen >= APART:
        visit.seen_before, visit.newest_before = visit.seen, visit.newest
    elif now - visit.seen < EVERY and newest == visit.newest:
        return visit
    visit.seen, visit.newest = now, newest
    visit.save()
    return visit
