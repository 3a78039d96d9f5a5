"""Conversations of a reader: the list, one branch of a tree, what stands where.

Leaves out: finding words in them (`conversation_search.py`), writing them out (`written_out.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from bookwheel.assistant.questions import Turn
from bookwheel.models import Conversation, Message, Reader, Tag

LISTED = 500  # conversations in a list


@dataclass(frozen=True)
class Said:
    """A message of the branch in sight, and its versions: numbers of messages, oldest first."""

    message: Message
    versions: tuple[int, ...]

    @property
    def place(self) -> int:
        """Which version it is, from 1."""
        return self.versions.index(self.message.pk) + 1


def conversations(reader: Reader) -> QuerySet[Conversation]:
    """Those that are not deleted."""
    return reader.conversations.filter(deleted=None)


def listed(reader: Reader, *, archived: bool = False, tag: Tag | None = None) -> list[Conversation]:
    """What the list shows: pinned ones first, then by time of the last question; one query."""
    found = conversations(reader).filter(temporary=False, archived__isnull=not archived)
    if tag:
        found = found.filter(tag=tag)
    ordered = found.select_related("tag").order_by("-updated", "-pk")[:LISTED]
    return sorted(ordered, key=lambda each: each.pinned is None)


def branch(conversation: Conversation, leaf: int | None = None) -> list[Said]:
    """The messages from the first to a leaf, which is the one in sight if none is given."""
    messages = {each.pk: each for each in conversation.messages.order_by("pk")}
    return _path(messages, leaf or conversation.leaf_id)


def _path(messages: dict[int, Message], leaf: int | None) -> list[Said]:
    versions = dict[int | None, list[int]]()
    for message in messages.values():
        versions.setdefault(message.parent_id, []).append(message.pk)
    path = list[Said]()
    at = leaf
    while at in messages:
        message = messages[at]
        path.append(Said(message, tuple(versions[message.parent_id])))
        at = message.parent_id
    return path[::-1]


def newest_leaf(message: Message) -> Message:
    """Where the branch through a message ends, always taking the newest child."""
    children = dict[int | None, Message]()
    for each in message.conversation.messages.order_by("pk"):
        children[each.parent_id] = each
    while message.pk in children:
        message = children[message.pk]
    return message


def turns_before(question: Message) -> list[Turn]:
    """Questions before this one on its branch, each with the words of its answer."""
    path = branch(question.conversation, question.parent_id)
    return list(_turns([said.message for said in path]))


def _turns(messages: list[Message]) -> Iterable[Turn]:
    for asked, told in zip(messages[::2], messages[1::2], strict=False):
        papers = tuple((told.answer or {}).get("papers", ()))
        yield Turn(asked.text, told.text, papers)
