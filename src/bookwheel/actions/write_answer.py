"""Write the answer to a question, event by event, and keep it.

Whoever iterates decides where it runs and who hears of it; what has come is kept however it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from bookwheel.access import figure_asked
from bookwheel.actions.await_own_texts import await_own_texts
from bookwheel.actions.count_tokens import count_tokens
from bookwheel.assistant.events import Answer, Done, Event, Failed, Step
from bookwheel.assistant.models import Stop
from bookwheel.assistant.retriever import Scope
from bookwheel.assistant.sight import Sight
from bookwheel.errors import BookwheelError
from bookwheel.models import Asking, Conversation, FolderAsking, Memory, Message
from bookwheel.queries.answers_kept import to_values, words_of
from bookwheel.queries.asking import ask
from bookwheel.queries.conversations import turns_before
from bookwheel.queries.sight import sight_of


def write_answer(told: Message, stop: Stop) -> Iterator[Event]:
    """Yield the events of an answer; when the last one comes, it is kept."""
    steps = list[Any]()
    for event in _events(told, stop):
        if isinstance(event, Step):
            steps.append([event.code, event.text, round(event.seconds, 3), event.count])
        elif isinstance(event, Done):
            state = Message.State.STOPPED if event.answer.stopped else Message.State.DONE
            _keep(told, event.answer, state=state, steps=steps)
        elif isinstance(event, Failed):
            keep_failure(told, event, steps)
        yield event


def _events(told: Message, stop: Stop) -> Iterator[Event]:
    question = told.parent
    assert question is not None  # `expect_answer` sees to it
    reader = told.conversation.reader
    try:
        yield from await_own_texts(reader, scope_of(question.scope), stop)
        yield from ask(
            asked_text(question),
            reader=reader,
            scope=scope_of(question.scope),
            model=told.model,
            history=turns_before(question),
            instructions=instructions_of(told.conversation),
            stop=stop,
            sight=_sight(question),
        )
    except BookwheelError as error:
        yield Failed(str(error), code="refused")
    except Http404:
        yield Failed(_("The figure that was asked about is not here any more."), code="refused")


def _sight(question: Message) -> Sight | None:
    """The figure that is asked about. Raises Http404, UnreadableError."""
    name = question.about.get("figure", "")
    return sight_of(figure_asked(name)) if name else None


def keep_failure(told: Message, failed: Failed, steps: list[Any] | None = None) -> None:
    """Keep why there is no answer, and the quotations that there are."""
    state = Message.State.FAILED
    _keep(told, failed.answer, state=state, trouble=failed.message, steps=steps or [])


def _keep(told: Message, answer: Answer | None, **fields: Any) -> None:
    if answer is not None:
        fields |= {"answer": to_values(answer), "text": words_of(answer)}
        count_tokens(told.conversation.reader, told.model, answer.usage)
    for name, value in fields.items():
        setattr(told, name, value)
    # By number: the conversation may have been deleted for good meanwhile.
    Message.objects.filter(pk=told.pk).update(**fields)


def asked_text(question: Message) -> str:
    """The question with the passage that it is about."""
    quote = question.about.get("quote", "")
    return f"{question.text}\n\n“{quote}”" if quote else question.text


def scope_of(values: dict[str, Any]) -> Scope:
    """The scope that was kept with a question."""
    return Scope(**(values | {"papers": tuple(values.get("papers", ()))}))


def instructions_of(conversation: Conversation) -> str:
    """What models are told: wishes for style, also those of the folder, and what is remembered."""
    reader = conversation.reader
    chosen = Asking.objects.filter(reader=reader).first() or Asking(reader=reader)
    folder = FolderAsking.objects.filter(tag=conversation.tag_id).first()
    told = [each.instructions for each in (chosen, folder) if each and each.instructions]
    if chosen.remembers:
        kept = Memory.objects.filter(reader=reader).order_by("created", "pk")
        told += [f"- {text}" for text in kept.values_list("text", flat=True)]
    return "\n".join(told)
