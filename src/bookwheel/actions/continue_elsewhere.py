"""Continue a conversation elsewhere: copy it up to a message into a new one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from bookwheel.core.own_names import own_number
from bookwheel.models import Conversation, Message, Reader
from bookwheel.queries.conversations import branch

_COPIED = ("role", "state", "text", "about", "scope", "model", "answer", "steps", "trouble")


@transaction.atomic
def continue_elsewhere(reader: Reader, until: Message) -> Conversation:
    """Give a new conversation of the reader with the branch that ends in a message.

    An answer that is still being written is left out.
    """
    old = until.conversation
    made = Conversation.objects.create(
        reader=reader,
        title=old.title,
        tag=old.tag if old.reader_id == reader.pk else None,
        scope=old.scope if old.reader_id == reader.pk else {},
        model=old.model,
        updated=timezone.now(),
    )
    parent: Message | None = None
    for said in branch(old, until.pk):
        if said.message.state == Message.State.RUNNING:
            break
        fields = {name: getattr(said.message, name) for name in _COPIED}
        if old.reader_id != reader.pk:
            fields |= _without_own(fields)
        parent = Message.objects.create(conversation=made, parent=parent, **fields)
    made.leaf = parent
    made.save(update_fields=["leaf"])
    return made


def _without_own(fields: dict[str, Any]) -> dict[str, Any]:
    """What somebody else may have: of an own text only the words that were quoted."""
    scope = dict(fields["scope"])
    scope["papers"] = [name for name in scope.get("papers", ()) if own_number(name) is None]
    answer = fields["answer"]
    if answer:
        answer = answer | {"quotes": [_bare(quote) for quote in answer["quotes"]]}
    return {"scope": scope, "answer": answer}


def _bare(quote: dict[str, Any]) -> dict[str, Any]:
    if own_number(quote["paper"]) is None:
        return quote
    text = quote["text"]
    return quote | {"source": text, "start": 0, "end": len(text)}
