"""Delete conversations. They are kept for 30 days, so that they can come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, Conversation, Reader, SharedLink


@transaction.atomic
def delete_conversations(reader: Reader, chosen: Sequence[Conversation]) -> Change | None:
    """Delete some of the reader's; None when they were deleted before.

    Links under which they were shared end at once, and do not come back with them.
    """
    wanted = [each.pk for each in chosen]
    there = reader.conversations.select_for_update().filter(pk__in=wanted, deleted=None)
    numbers = list(there.values_list("pk", flat=True))
    if not numbers:
        return None
    reader.conversations.filter(pk__in=numbers).update(deleted=timezone.now())
    SharedLink.objects.filter(conversation__in=numbers).delete()
    return record_change(reader, "delete_conversations", taste=False, conversations=numbers)


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Bring them back, as far as they are not purged."""
    Conversation.objects.filter(reader=reader, pk__in=before["conversations"]).update(deleted=None)
