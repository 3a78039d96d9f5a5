"""The messages of a conversation as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from bookwheel.actions.write_answer import scope_of
from bookwheel.content.html import text_to_html
from bookwheel.content.markdown import markdown_to_html
from bookwheel.models import Message
from bookwheel.queries.answers_kept import from_values
from bookwheel.queries.conversations import Said
from bookwheel.web.answer_html import AnswerHtml, Drawn
from bookwheel.web.answer_texts import used_text
from bookwheel.web.asked_figure import AskedFigure, figure_of
from bookwheel.web.pickers import Choice, model_choices, model_text
from bookwheel.web.rendering import rendered
from bookwheel.web.scopes import scope_text, write_scope


@dataclass(frozen=True)
class Turn:
    """A question or an answer. `before` and `after` are the messages of its other versions."""

    message: Message
    words: Markup = field(default_factory=Markup)
    quote: Markup = field(default_factory=Markup)
    figure: AskedFigure | None = None
    drawn: Drawn = field(default_factory=Drawn)
    steps: Sequence[Markup] = ()
    follow_ups: Sequence[str] = ()
    models: Sequence[Choice] = ()
    model: str = ""
    used: str = ""
    scope: str = ""
    written_scope: str = ""
    place: int = 1
    versions: int = 1
    before: int = 0
    after: int = 0
    read_only: bool = False

    @property
    def is_question(self) -> bool:
        """Whether the reader speaks."""
        return self.message.role == Message.Role.QUESTION


def turns(said: Sequence[Said], *, read_only: bool = False) -> list[Turn]:
    """All messages of a branch."""
    return [turn(each, read_only=read_only) for each in said]


def turn(said: Said, *, read_only: bool = False) -> Turn:
    """One message of a branch."""
    at = said.place - 1
    around = {
        "place": said.place,
        "versions": len(said.versions),
        "before": said.versions[at - 1] if at else 0,
        "after": said.versions[at + 1] if at + 1 < len(said.versions) else 0,
        "read_only": read_only,
    }
    if said.message.role == Message.Role.QUESTION:
        return _question(said.message, around)
    return _answer(said.message, around)


def _question(message: Message, around: dict[str, int]) -> Turn:
    scope = scope_of(message.scope)
    return Turn(
        message,
        quote=text_to_html(message.about.get("quote", "")),
        figure=figure_of(message.about),
        scope=scope_text(scope) if write_scope(scope) else "",
        written_scope=write_scope(scope),
        **around,  # type: ignore[arg-type]
    )


def _answer(message: Message, around: dict[str, int]) -> Turn:
    html = AnswerHtml(message.pk, shared=bool(around["read_only"]))
    answer = from_values(message.answer) if message.answer else None
    return Turn(
        message,
        words=Markup() if answer else markdown_to_html(message.text),
        drawn=html.whole(answer) if answer else Drawn(),
        steps=[html.step(*step) for step in _steps(message)],
        follow_ups=answer.follow_ups if answer else (),
        models=model_choices(message.model),
        model=model_text(message.model),
        used=used_text(answer.usage) if answer else "",
        **around,  # type: ignore[arg-type]
    )


def _steps(message: Message) -> list[tuple[str, str, float, int]]:
    return [tuple(step) for step in message.steps]


def drawn_answer(told: Message) -> str:
    """One answer alone, when it has been written."""
    versions = Message.objects.filter(parent=told.parent_id).order_by("pk")
    said = Said(told, tuple(versions.values_list("pk", flat=True)) or (told.pk,))
    return rendered("_told.html", turn=turn(said))
