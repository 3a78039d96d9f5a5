"""Unmark a paper: no longer liked, or no longer hidden."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions import mark_paper
from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, Mark, Paper, Reader


@transaction.atomic
def unmark_paper(reader: Reader, paper: Paper, kind: Mark.Kind) -> Change | None:
    """Take a like or a hide away; None when there was none of this kind."""
    old = Mark.objects.filter(reader=reader, paper=paper, kind=kind).first()
    if old is None:
        return None
    old.delete()
    return record_change(reader, "unmark_paper", paper=paper.pk, mark=mark_paper.described(old))


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Put the mark back."""
    mark_paper.undo(reader, before)
