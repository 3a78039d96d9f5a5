"""Undo a change, whichever it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions import (
    colour_tag,
    create_tag,
    delete_tag,
    mark_paper,
    merge_tags,
    rename_tag,
    tag_paper,
    unmark_paper,
    untag_paper,
)
from bookwheel.actions.record_change import bump_taste
from bookwheel.errors import NotFoundError
from bookwheel.models import Change, Reader

_UNDO: dict[str, Callable[[Reader, dict[str, Any]], None]] = {
    "colour_tag": colour_tag.undo,
    "create_tag": create_tag.undo,
    "delete_tag": delete_tag.undo,
    "mark_paper": mark_paper.undo,
    "merge_tags": merge_tags.undo,
    "rename_tag": rename_tag.undo,
    "tag_paper": tag_paper.undo,
    "unmark_paper": unmark_paper.undo,
    "untag_paper": untag_paper.undo,
}


@transaction.atomic
def undo_change(reader: Reader, change: Change) -> None:
    """Take a change of the reader back; a second time does nothing.

    Raises:
        NotFoundError: it is somebody else's.
        InputError: a tag cannot come back because there are too many.
        NameTakenError: it cannot because another took its name since.
    """
    if change.reader_id != reader.pk:
        raise NotFoundError(_("There is nothing to undo."))
    if not Change.objects.filter(pk=change.pk, undone=None).update(undone=timezone.now()):
        return
    _UNDO[change.verb](reader, change.before)
    bump_taste(reader)
