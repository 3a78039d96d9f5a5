"""Delete a tag. It keeps its papers for 30 days, so that it can come back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from bookwheel.actions.create_tag import check_room
from bookwheel.actions.record_change import record_change
from bookwheel.actions.tag_name import free_name
from bookwheel.models import Change, Reader, Tag


@transaction.atomic
def delete_tag(reader: Reader, tag: Tag) -> Change | None:
    """Delete a tag; None when it was deleted before."""
    if not Tag.objects.filter(pk=tag.pk, deleted=None).update(deleted=timezone.now()):
        return None
    return record_change(reader, "delete_tag", tag=tag.pk)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Bring the tag back, if no other has taken its name since.

    Raises:
        InputError: there are too many tags.
        NameTakenError: another has.
    """
    tag = reader.tags.filter(pk=before["tag"]).first()
    if tag and tag.deleted:
        check_room(reader)
        free_name(reader, tag.name, besides=tag)
        tag.deleted = None
        tag.save(update_fields=["deleted"])
