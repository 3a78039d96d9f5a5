"""What the page of a conversation shows: list, thread, composer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bookwheel.actions.write_answer import scope_of
from bookwheel.assistant.retriever import Scope
from bookwheel.config import config
from bookwheel.models import Asking, Conversation, Message, Reader
from bookwheel.queries.conversations import branch, listed
from bookwheel.queries.tags import tags_of
from bookwheel.web.jinja import url
from bookwheel.web.pickers import first_model, model_choices
from bookwheel.web.scopes import scope_choices
from bookwheel.web.shelf import shelves
from bookwheel.web.turns import Turn, turns
from bookwheel.web.visit import Visit
from bookwheel.web.writing import settle


def talk(
    request: Visit,
    conversation: Conversation | None,
    *,
    leaf: int | None = None,
    scope: Scope | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The context of a conversation's page; None is one that has not begun."""
    shown = _shown(conversation, leaf)
    wanted = scope or (scope_of(conversation.scope) if conversation else Scope())
    context = {
        "conversation": conversation,
        "turns": shown,
        "last": shown[-1].message.pk if shown else "",
        "running": any(turn.message.state == Message.State.RUNNING for turn in shown),
        "shelves": shelves(listed(request.user)),
        "scopes": scope_choices(tags_of(request.user), wanted),
        "models": model_choices(conversation.model if conversation else first_model()),
        "draft": conversation.draft if conversation else _draft(request.user),
        "starters": _starters(),
        "links": list(conversation.links.order_by("pk")) if conversation else [],
        "public": config().https or bool(config().hosts),
        "quote": "",
        "figure": None,
        "folder": None,
        "temporary": bool(conversation and conversation.temporary),
    }
    return context | more


def _shown(conversation: Conversation | None, leaf: int | None) -> list[Turn]:
    if conversation is None:
        return []
    said = branch(conversation, leaf)
    for each in said:
        settle(each.message)
    return turns(said)


def _draft(reader: Reader) -> str:
    kept = Asking.objects.filter(reader=reader).first()
    return kept.draft if kept else ""


def _starters() -> list[str]:
    """Questions of different kinds, to begin with."""
    return [
        _("What is new on large language models this month?"),
        _("Compare diffusion models and normalizing flows"),
        _("Explain contrastive learning like I am new to it"),
        _("Who works on gravitational waves?"),
    ]


def draw_talk(request: Visit, conversation: Conversation, leaf: int | None = None) -> HttpResponse:
    """The list and the thread, for a script that puts them into the page."""
    conversation.refresh_from_db()
    context = talk(request, conversation, leaf=leaf)
    answer = render(request, "talk_pieces.html", context)
    answer["HX-Push-Url"] = url("conversation", conversation.pk)
    return answer
