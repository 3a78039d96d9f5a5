"""Keep what was typed but not sent."""

from __future__ import annotations

from bookwheel.content.clean import clean
from bookwheel.models import Asking, Conversation, Reader

LONGEST = 20_000  # characters


def keep_draft(reader: Reader, text: str, conversation: Conversation | None = None) -> None:
    """Keep a draft with its conversation, or for the one that has not begun."""
    text = clean(text)[:LONGEST]
    if conversation is not None:
        Conversation.objects.filter(pk=conversation.pk).update(draft=text)
    else:
        Asking.objects.update_or_create(reader=reader, defaults={"draft": text})
