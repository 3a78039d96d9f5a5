"""Set what a reader has read: a paper is read, for later, or unread again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, Paper, Reader, Reading


@transaction.atomic
def set_reading(reader: Reader, paper: Paper, state: Reading.State) -> Change | None:
    """Say it of one paper; nothing to undo (None) when it was so."""
    old = Reading.objects.filter(reader=reader, paper=paper).first()
    if old and old.state == state:
        return None
    Reading.objects.update_or_create(
        reader=reader, paper=paper, defaults={"state": state, "created": timezone.now()}
    )
    before = {"state": old.state, "created": old.created.isoformat()} if old else None
    return record_change(reader, "set_reading", taste=False, paper=paper.pk, reading=before)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Put back what was said before, or nothing."""
    mine = Reading.objects.filter(reader=reader, paper=before["paper"])
    if before["reading"] is None:
        mine.delete()
    else:
        Reading.objects.get_or_create(
            reader=reader, paper_id=before["paper"], defaults=before["reading"]
        )
        mine.update(**before["reading"])  # a new row has taken the time of now
