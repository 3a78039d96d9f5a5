"""Purge what nobody can ask back any more."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from bookwheel.actions.delete_own_text import delete_own_text
from bookwheel.models import Annotation, Change, Conversation, OwnText, Tag

KEPT = timedelta(days=30)
TEMPORARY = timedelta(days=1)


def purge() -> None:
    """Drop what was deleted 30 days ago, temporary conversations, sessions that have ended."""
    now = timezone.now()
    for old in (
        Tag.objects.filter(deleted__lt=now - KEPT, loose=False),
        Annotation.objects.filter(deleted__lt=now - KEPT),
        Conversation.objects.filter(deleted__lt=now - KEPT),
        Conversation.objects.filter(temporary=True, updated__lt=now - TEMPORARY),
        Change.objects.filter(created__lt=now - KEPT),
        Session.objects.filter(expire_date__lt=now),
    ):
        if old.exists():  # a delete waits for whoever is writing, even if it finds nothing
            old.delete()
    for own in OwnText.objects.filter(temporary=True, created__lt=now - TEMPORARY):
        delete_own_text(own)
