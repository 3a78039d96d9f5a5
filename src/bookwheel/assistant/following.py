"""Questions that a reader may want to ask next, made by rules from the one that was asked."""

from __future__ import annotations

import re

from bookwheel.assistant.questions import Asked, Kind

SUGGESTED = 3
LONGEST = 8  # words of a topic that a question can be made around
_NEXT = {
    Kind.NEW: "What is new on {topic} this month?",
    Kind.WHO: "Who works on {topic}?",
    Kind.LEARN: "Explain {topic} as if I am new to it",
    Kind.PAPERS: "Which papers are about {topic}?",
    Kind.ABOUT: "What limits {topic}?",
}
# "limits sparse attention" is what was asked of sparse attention.
_VERB = re.compile(
    r"^(?:(?:do|does|did|is|are|was|were|can|could|will|would|should|has|have|a|an|the)\s+|"
    r"(?:limit|cause|make|drive|explain|determine|affect|help|improve|reduce|increase|prevent|"
    r"enable|allow|show|tell|mean|happen|influence|control|trigger|hinder)s?\s+)+",
    re.IGNORECASE,
)
_LAST = re.compile(r"\s+(?:help|work|fail|matter|happen|mean)s?$", re.IGNORECASE)
_OWNED = re.compile(r"\s+(?:from|by|with|in|of|on|for|to)\s+(?:their|its|his|her|our)\b.*", re.I)
_VAGUE = re.compile(
    r"\b(?:what|how|why|who|which|when|where|whether|it|this|that|these|those|they|them|there|i|"
    r"you|we|me|us|said|says|nobody|somebody|knows?|converts?)\b",
    re.IGNORECASE,
)


def follow_ups(asked: Asked) -> tuple[str, ...]:
    """A few questions of other kinds on the same topic; none where it makes no good ones."""
    topic = " and ".join(asked.sides) or _subject(asked.topic)
    if not topic or len(topic.split()) > LONGEST or _VAGUE.search(topic):
        return ()
    others = [text for kind, text in _NEXT.items() if kind is not asked.kind]
    return tuple(text.format(topic=topic) for text in others[:SUGGESTED])


def _subject(topic: str) -> str:
    """The topic without a verb before it and what belongs to it behind it."""
    return _LAST.sub("", _OWNED.sub("", _VERB.sub("", topic)).strip(" ?.,"))
