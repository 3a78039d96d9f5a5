"""Questions to the papers: the door of pages, commands and programs to the assistant.

    from bookwheel.queries.asking import ask

    for event in ask("…", reader=reader, scope=Scope(tag="robots"), model="ollama/qwen3"): ...

Leaves out: the answering (`assistant/`), keeping what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bookwheel.assistant.answer import answer
from bookwheel.assistant.events import Answer, Done, Event, Failed
from bookwheel.assistant.known import Known, known, open_model
from bookwheel.assistant.models import Model, Stop
from bookwheel.assistant.questions import Kind, Turn, understand
from bookwheel.assistant.reports import plan
from bookwheel.assistant.retriever import Scope
from bookwheel.assistant.servers import prepare
from bookwheel.assistant.sight import Sight
from bookwheel.config import config
from bookwheel.errors import ModelError
from bookwheel.models import Reader
from bookwheel.queries.own_scoped import retriever

REHEARSED = "What is known about this subject?"


def ask(  # noqa: PLR0913
    question: str,
    *,
    reader: Reader | None = None,
    scope: Scope | None = None,
    model: str | None = None,
    history: Sequence[Turn] = (),
    instructions: str = "",
    stop: Stop | None = None,
    sight: Sight | None = None,
) -> Iterator[Event]:
    """Answer a question from the papers of a scope, or about a figure (`sight`).

    `model` is a name, empty for quotations alone, None for the one that the site has chosen.

    Raises:
        NotFoundError: a paper that is not held, or a tag that the reader does not have.
        IndexMissingError: nothing was indexed yet.
        ModelError: there is no such model, or it cannot be loaded.
    """
    name = config().model if model is None else model
    return answer(
        question,
        retriever=retriever(reader, scope or Scope()),
        model=open_model(name, config()) if name else None,
        judge=open_model(config().judge, config()) if config().judge and name else None,
        history=history,
        instructions=instructions,
        stop=stop,
        sight=sight,
    )


def with_plan(question: str, *, reader: Reader | None = None, scope: Scope | None = None) -> str:
    """A question for a report together with a plan to change; any other question as it is.

    Raises:
        NotFoundError: a paper that is not held, or a tag that the reader does not have.
        IndexMissingError: nothing was indexed yet.
    """
    papers = retriever(reader, scope or Scope())
    asked = understand(question, today=papers.today)
    if asked.kind is not Kind.REPORT or asked.plan:
        return question
    return "\n".join([asked.text, *(f"- {line}" for line in plan(asked.topic, papers))])


def answered(
    question: str,
    *,
    reader: Reader | None = None,
    scope: Scope | None = None,
    model: str | None = None,
) -> Answer:
    """The whole answer at once.

    Raises:
        NotFoundError: a paper that is not held.
        ModelError: the model cannot be used, or failed.
    """
    for event in ask(question, reader=reader, scope=scope, model=model):
        if isinstance(event, Done):
            return event.answer
        if isinstance(event, Failed):
            raise ModelError(event.message, event.code)
    raise ModelError("The answer broke off.", "died")


def model_named(name: str) -> Model:
    """A model of this site. Raises ModelError."""
    return open_model(name, config())


def rehearse() -> None:
    """Ask once for nothing, so that a process's first reader does not wait for what it loads.

    Raises:
        IndexMissingError: nothing was indexed yet.
    """
    if config().model:
        prepare()
    for _ in ask(REHEARSED, model=""):
        pass


def models() -> list[Known]:
    """Language models that can be chosen now.

    Raises:
        SettingError: the file that lists models cannot be used.
    """
    return known(config())
