"""Take a paper out of a tag."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, Paper, Reader, Tag, Tagging


@transaction.atomic
def untag_paper(reader: Reader, paper: Paper, tag: Tag) -> Change | None:
    """Take a paper out of one of the reader's tags; None when it was not in it."""
    tagging = Tagging.objects.filter(tag=tag, paper=paper).first()
    if tagging is None:
        return None
    created = tagging.created.isoformat()
    tagging.delete()
    return record_change(reader, "untag_paper", paper=paper.pk, tag=tag.pk, created=created)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Put the paper back where it stood."""
    if not reader.tags.filter(pk=before["tag"]).exists():
        return
    put, _new = Tagging.objects.get_or_create(tag_id=before["tag"], paper_id=before["paper"])
    Tagging.objects.filter(pk=put.pk).update(created=before["created"])
