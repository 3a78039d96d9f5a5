"""Delete a reader with everything that is theirs, for good."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from bookwheel.actions.delete_own_text import delete_own_folder
from bookwheel.models import Reader
from bookwheel.queries.tastes import forget


def delete_reader(reader: Reader) -> None:
    """Remove the account, its tags, marks, changes, files, addresses and sessions. No undo."""
    number = reader.pk
    with transaction.atomic():
        _end_sessions(reader)
        reader.delete()
    delete_own_folder(number)
    forget()  # what was learned of them; of others it is learned again when they come


def _end_sessions(reader: Reader) -> None:
    """Sessions have no column for whose they are, so each is opened."""
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_KEY) == str(reader.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
