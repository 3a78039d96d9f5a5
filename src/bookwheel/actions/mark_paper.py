"""Mark a paper: like it or hide it. One excludes the other."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, Mark, Paper, Reader


@transaction.atomic
def mark_paper(reader: Reader, paper: Paper, kind: Mark.Kind) -> Change | None:
    """Like or hide a paper; nothing to undo (None) when it is so marked already."""
    old = Mark.objects.filter(reader=reader, paper=paper).first()
    if old and old.kind == kind:
        return None
    Mark.objects.update_or_create(
        reader=reader, paper=paper, defaults={"kind": kind, "created": timezone.now()}
    )
    return record_change(reader, "mark_paper", paper=paper.pk, mark=described(old))


def described(mark: Mark | None) -> dict[str, str] | None:
    """A mark as undoing keeps it."""
    return {"kind": mark.kind, "created": mark.created.isoformat()} if mark else None


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Put back the mark that was there, or none."""
    if before["mark"] is None:
        Mark.objects.filter(reader=reader, paper=before["paper"]).delete()
    else:
        Mark.objects.update_or_create(
            reader=reader, paper_id=before["paper"], defaults=before["mark"]
        )
        # A new row takes the time of now; its place in the library is where it was.
        Mark.objects.filter(reader=reader, paper=before["paper"]).update(
            created=before["mark"]["created"]
        )
