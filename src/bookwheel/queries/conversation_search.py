"""Full-text search over a reader's conversations: all words must occur, in whatever case.

It looks through the messages themselves: one reader's are few thousand at most, and an index of
its own would be one more thing to keep in step.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from bookwheel.models import Conversation, Message, Reader
from bookwheel.queries.conversations import conversations

MOST = 60
_AROUND = 80  # characters shown on each side of the first word
_WORDS = 12


@dataclass(frozen=True)
class Mentioned:
    """A conversation that has the words; `excerpt` is from `message`, if it is not the title."""

    conversation: Conversation
    message: Message | None
    excerpt: str


def search_conversations(reader: Reader, text: str) -> list[Mentioned]:
    """Conversations in which all words occur, in messages or title; newest first."""
    words = text.split()[:_WORDS]
    if not words:
        return []
    mine = conversations(reader).filter(temporary=False)
    each = [Q(title__icontains=word) | Q(messages__text__icontains=word) for word in words]
    found = mine.filter(pk__in=mine.filter(each[0]).values("pk"))
    for wanted in each[1:]:
        found = found.filter(pk__in=mine.filter(wanted).values("pk"))
    ordered = list(found.select_related("tag").order_by("-updated", "-pk")[:MOST])
    best = _best_messages([one.pk for one in ordered], words)
    return [
        Mentioned(
            one, best.get(one.pk), _excerpt(best[one.pk].text, words) if one.pk in best else ""
        )
        for one in ordered
    ]


def _best_messages(numbers: list[int], words: list[str]) -> dict[int, Message]:
    """For each conversation a message with all words, or else with any."""
    has = [Q(text__icontains=word) for word in words]
    found = dict[int, Message]()
    for wanted in (reduce(or_, has), reduce(and_, has)):
        for message in Message.objects.filter(wanted, conversation__in=numbers).order_by("pk"):
            found[message.conversation_id] = message
    return found


def _excerpt(text: str, words: list[str]) -> str:
    folded = text.lower()
    at = min((place for word in words if (place := folded.find(word.lower())) >= 0), default=0)
    start, end = max(0, at - _AROUND), at + _AROUND
    cut = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
