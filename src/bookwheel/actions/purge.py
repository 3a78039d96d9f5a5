"""Purge what nobody can ask back any more."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from bookwheel.models import Annotation, Change, Tag

KEPT = timedelta(days=30)


def purge() -> None:
    """Drop what was deleted and undo steps older than 30 days, and sessions that have ended."""
    now = timezone.now()
    for old in (
        Tag.objects.filter(deleted__lt=now - KEPT),
        Annotation.objects.filter(deleted__lt=now - KEPT),
        Change.objects.filter(created__lt=now - KEPT),
        Session.objects.filter(expire_date__lt=now),
    ):
        if old.exists():  # a delete waits for whoever is writing, even if it finds nothing
            old.delete()
