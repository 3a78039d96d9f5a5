"""Questions that a reader may want to ask next, made by rules from the one that was asked."""

from __future__ import annotations

from bookwheel.assistant.questions import Asked, Kind

SUGGESTED = 3
_NEXT = {
    Kind.NEW: "What is new on {topic} this month?",
    Kind.WHO: "Who works on {topic}?",
    Kind.LEARN: "Explain {topic} as if I am new to it",
    Kind.PAPERS: "Which papers are about {topic}?",
    Kind.ABOUT: "What limits {topic}?",
}


def follow_ups(asked: Asked) -> tuple[str, ...]:
    """A few questions of other kinds on the same topic."""
    if not asked.topic:
        return ()
    others = [text for kind, text in _NEXT.items() if kind is not asked.kind]
    topic = " and ".join(asked.sides) or asked.topic
    return tuple(text.format(topic=topic) for text in others[:SUGGESTED])
