"""Undo a change, whichever it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.actions import (
    annotate,
    begin_interest,
    change_annotation,
    colour_tag,
    create_tag,
    delete_annotation,
    delete_conversations,
    delete_tag,
    follow_author,
    import_library,
    mark_days_read,
    mark_paper,
    merge_tags,
    rename_tag,
    save_search,
    set_reading,
    steer_tag,
    tag_paper,
    unfollow_author,
    unmark_paper,
    unsave_search,
    untag_paper,
)
from bookwheel.actions.record_change import bump_taste
from bookwheel.errors import NotFoundError
from bookwheel.models import Change, Reader

_UNDO: dict[str, Callable[[Reader, dict[str, Any]], None]] = {
    "begin_interest": begin_interest.undo,
    "annotate": annotate.undo,
    "change_annotation": change_annotation.undo,
    "delete_annotation": delete_annotation.undo,
    "colour_tag": colour_tag.undo,
    "create_tag": create_tag.undo,
    "delete_conversations": delete_conversations.undo,
    "delete_tag": delete_tag.undo,
    "follow_author": follow_author.undo,
    "import_library": import_library.undo,
    "mark_days_read": mark_days_read.undo,
    "mark_paper": mark_paper.undo,
    "merge_tags": merge_tags.undo,
    "rename_tag": rename_tag.undo,
    "save_search": save_search.undo,
    "set_reading": set_reading.undo,
    "steer_tag": steer_tag.undo,
    "tag_paper": tag_paper.undo,
    "unfollow_author": unfollow_author.undo,
    "unmark_paper": unmark_paper.undo,
    "unsave_search": unsave_search.undo,
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
