"""Answers as they are kept in the database, and back."""

from __future__ import annotations

from typing import Any

import orjson

from bookwheel.assistant.events import Answer, AnswerSentence, Form, Part, Searched, Status, Usage
from bookwheel.core.quotes import Quote


def to_values(answer: Answer) -> dict[str, Any]:
    """The answer as plain values."""
    values: dict[str, Any] = orjson.loads(orjson.dumps(answer))
    return values


def from_values(values: dict[str, Any]) -> Answer:
    """The answer that was kept."""
    plain = ("parts", "quotes", "searched", "usage", "follow_ups", "papers")
    return Answer(
        **{name: value for name, value in values.items() if name not in plain},
        parts=tuple(_part(part) for part in values["parts"]),
        quotes=tuple(Quote(**quote) for quote in values["quotes"]),
        searched=Searched(**values["searched"]),
        usage=Usage(**values["usage"]),
        follow_ups=tuple(values["follow_ups"]),
        papers=tuple(values["papers"]),
    )


def _part(values: dict[str, Any]) -> Part:
    changed = {
        "form": Form(values["form"]),
        "sentences": tuple(_sentence(each) for each in values["sentences"]),
        "columns": tuple(values["columns"]),
        "names": tuple(values["names"]),
        "rows": tuple(
            tuple(_sentence(cell) if cell else None for cell in row) for row in values["rows"]
        ),
    }
    return Part(**(values | changed))


def _sentence(values: dict[str, Any]) -> AnswerSentence:
    changed = {"citations": tuple(values["citations"]), "status": Status(values["status"])}
    return AnswerSentence(**(values | changed))


def words_of(answer: Answer) -> str:
    """What an answer says, as plain text: for searching and for the next question's context."""
    paragraphs = []
    for part in answer.parts:
        cells = [cell.text for row in part.rows for cell in row if cell is not None]
        told = [one.text for one in part.sentences if one.status is not Status.STRUCK]
        paragraphs.append("\n".join(filter(None, (part.heading, " ".join(told + cells)))))
    return "\n\n".join(filter(None, paragraphs))
