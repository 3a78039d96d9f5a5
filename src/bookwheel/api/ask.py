"""Ask the papers: the whole answer, or its events as they come. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from bookwheel.access import paper_read, tag_read
from bookwheel.actions.ask_question import LONGEST
from bookwheel.actions.count_tokens import check_tokens, count_tokens
from bookwheel.actions.limit_questions import check_questions
from bookwheel.api.answer_shapes import AnswerShape
from bookwheel.api.auth import ASK, READ, Call
from bookwheel.api.base import Shape
from bookwheel.assistant.events import Done, Event, Failed
from bookwheel.assistant.models import Stop
from bookwheel.assistant.retriever import Scope
from bookwheel.config import config
from bookwheel.content.clean import clean
from bookwheel.errors import BookwheelError, InputError, ModelError
from bookwheel.models import Reader
from bookwheel.queries.asking import ask, models
from bookwheel.told import told

router = Router(tags=["ask"], auth=ASK)
_STREAM = {"responses": {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}}


class Where(Shape):
    """Where to look: the first of papers, tag and library that is given; else in all papers."""

    papers: list[str] = Field([], max_length=50, examples=[["1706.03762"]])
    tag: str = ""
    library: bool = False

    def scope(self, reader: Reader) -> Scope:
        """As queries take it. Raises Http404."""
        return Scope(
            papers=tuple(paper_read(each).arxiv_id for each in dict.fromkeys(self.papers)),
            tag=tag_read(reader, self.tag).name if self.tag else "",
            library=self.library,
        )


class Question(Where):
    """What is asked, and who is to answer."""

    question: str = Field(max_length=LONGEST, examples=["What limits sparse attention?"])
    model: str | None = Field(None, description="A name; empty: quotations alone; null: as set")
    stream: bool = Field(False, description="Server-sent events instead of one answer")


class ModelShape(Shape):
    """A language model that can answer."""

    name: str
    context: int
    priced: bool


class ModelsShape(Shape):
    """Language models; quotations alone need none."""

    chosen: str
    models: list[ModelShape]


@router.get("/models", response=ModelsShape, auth=READ)
def all_models(request: Call) -> ModelsShape:
    """Language models that can be chosen now."""
    found = [
        ModelShape(name=each.name, context=each.context, priced=each.priced) for each in models()
    ]
    return ModelsShape(chosen=config().model, models=found)


@router.post("", response=AnswerShape, openapi_extra=_STREAM)
def ask_papers(request: Call, asked: Question) -> AnswerShape | HttpResponseBase:
    """Answer from the papers, in quotations that are checked letter by letter."""
    reader = request.auth
    if not clean(asked.question).strip():
        raise InputError(_("There is no question."))
    scope = asked.scope(reader)
    model = config().model if asked.model is None else asked.model
    check_questions(reader)
    check_tokens(reader, model)
    if not asked.stream:
        return answer_of(_events(reader, asked, scope, model, Stop()))
    answer = StreamingHttpResponse(
        told(lambda stop: _lines(_events(reader, asked, scope, model, stop))),
        content_type="text/event-stream",
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


def answer_of(events: Iterator[Event]) -> AnswerShape:
    """Wait for the end. Raises ModelError."""
    for event in events:
        if isinstance(event, Done):
            return AnswerShape.of(event.answer)
        if isinstance(event, Failed):
            raise ModelError(event.message, event.code)
    raise ModelError(_("The answer broke off. Try again."), "died")


def _events(
    reader: Reader, asked: Question, scope: Scope, model: str, stop: Stop
) -> Iterator[Event]:
    text = clean(asked.question).strip()
    for event in ask(text, reader=reader, scope=scope, model=model, stop=stop):
        if isinstance(event, Done):
            count_tokens(reader, model, event.answer.usage)
        yield event


def _lines(events: Iterator[Event]) -> Iterator[bytes]:
    """Events with their names; the last one is Done or Failed."""
    try:
        for event in events:
            yield _line(type(event).__name__, orjson.dumps(event))
    except BookwheelError as error:
        yield _line("Failed", orjson.dumps({"message": str(error), "code": "refused"}))


def _line(name: str, data: bytes) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"
