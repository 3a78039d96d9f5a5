"""Unfollow an author."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, FollowedAuthor, Reader


@transaction.atomic
def unfollow_author(reader: Reader, author: FollowedAuthor) -> Change | None:
    """Follow one of the reader's authors no longer; None when that was so."""
    deleted, _kinds = FollowedAuthor.objects.filter(reader=reader, pk=author.pk).delete()
    if not deleted:
        return None
    return record_change(
        reader, "unfollow_author", taste=False, family=author.family, given=author.given
    )


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Follow them again."""
    FollowedAuthor.objects.get_or_create(
        reader=reader, family=before["family"], given=before["given"]
    )
