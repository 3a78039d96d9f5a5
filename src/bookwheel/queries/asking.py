"""Questions to the papers: the door of pages, commands and programs to the assistant.

    from bookwheel.queries.asking import ask

    for event in ask("…", reader=reader, scope=Scope(tag="robots"), model="ollama/qwen3"): ...

Leaves out: the answering (`assistant/`), keeping what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bookwheel.assistant.answer import answer
from bookwheel.assistant.events import Event
from bookwheel.assistant.models import Stop
from bookwheel.assistant.questions import Turn
from bookwheel.assistant.retriever import Scope
from bookwheel.models import Reader
from bookwheel.queries.scoped import retriever


def ask(
    question: str,
    *,
    reader: Reader | None = None,
    scope: Scope | None = None,
    model: str = "",  # noqa: ARG001  (follows)
    history: Sequence[Turn] = (),
    instructions: str = "",
    stop: Stop | None = None,
) -> Iterator[Event]:
    """Answer a question from the papers of a scope; `model` is a name, empty for none.

    Raises:
        NotFoundError: a paper that is not held, or a tag that the reader does not have.
        IndexMissingError: nothing was indexed yet.
    """
    return answer(
        question,
        retriever=retriever(reader, scope or Scope()),
        history=history,
        instructions=instructions,
        stop=stop,
    )
