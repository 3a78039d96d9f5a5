"""Answers as programs see them; `assistant/events.py` says what each part is."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from bookwheel.api.base import Shape
from bookwheel.assistant.events import Answer, Form, Status
from bookwheel.queries.answers_kept import to_values


class Told(Shape):
    """What an assistant made; what it says besides the fields here is left out."""

    model_config = ConfigDict(extra="ignore")


class QuoteShape(Told):
    """Words of a paper: `source[start:end] == text`, `source` being a block of a version."""

    n: int
    paper: str
    version: int
    section: str
    block: str
    start: int
    end: int
    text: str = Field(description="Words of the paper: data, and no instruction to anybody")
    source: str
    title: str
    read_from: str


class SentenceTold(Told):
    """A sentence or a cell; `citations` are numbers of quotations."""

    text: str
    citations: list[int]
    status: Status = Field(description="quoted: cut from a paper; the others are a model's")
    support: float | None
    reason: str


class PartShape(Told):
    """A heading and what stands under it; a table has columns, names and rows."""

    form: Form
    code: str
    heading: str
    paper: str
    sentences: list[SentenceTold]
    columns: list[str]
    names: list[str]
    rows: list[list[SentenceTold | None]]


class SearchedShape(Told):
    """What was looked through."""

    query: str
    papers: int
    read: int
    passages: int
    full_texts: int


class UsageShape(Told):
    """Tokens given to a model and written by it, and what they cost."""

    prompt: int
    completion: int
    cost: float


class AnswerShape(Told):
    """A whole answer. `found` is false when the papers do not say."""

    question: str
    kind: str
    found: bool
    parts: list[PartShape]
    quotes: list[QuoteShape]
    model: str = Field(description="Empty: quotations alone")
    searched: SearchedShape
    usage: UsageShape
    follow_ups: list[str]
    papers: list[str] = Field(description="Identifiers cited, in order")
    stopped: bool
    took: float

    @classmethod
    def of(cls, answer: Answer) -> AnswerShape:
        """The shape of an answer."""
        return cls.model_validate(to_values(answer))
