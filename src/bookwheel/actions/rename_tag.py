"""Rename a tag."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions.hold import hold
from bookwheel.actions.record_change import record_change
from bookwheel.actions.tag_name import free_name
from bookwheel.models import Change, Reader, Tag


@transaction.atomic
def rename_tag(reader: Reader, tag: Tag, name: str) -> Change | None:
    """Give a tag another name; None when it is the same.

    Raises:
        InputError: it cannot be a name.
        NameTakenError: another tag has it; `merge_tags` may be what is wanted.
        NotFoundError: the tag was deleted meanwhile.
    """
    tag = hold(tag)
    name = free_name(reader, name, besides=tag)
    if name == tag.name:
        return None
    old, tag.name = tag.name, name
    tag.save(update_fields=["name"])
    return record_change(reader, "rename_tag", taste=False, tag=tag.pk, name=old)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Give the old name back, if no other tag has taken it."""
    tag = reader.tags.filter(pk=before["tag"], deleted=None).first()
    if tag:
        tag.name = free_name(reader, before["name"], besides=tag)
        tag.save(update_fields=["name"])
