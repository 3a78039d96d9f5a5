"""Questions of other programs, in the form of OpenAI's chat completions.

The name of a model says where to look and who answers: `bookwheel`, `bookwheel:library`,
`bookwheel:tag:robots`, `bookwheel:paper:1706.03762`, and with `@name` behind it the language model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from bookwheel.actions.ask_question import LONGEST
from bookwheel.assistant.questions import Turn
from bookwheel.assistant.retriever import Scope
from bookwheel.content.clean import clean
from bookwheel.errors import InputError, NotFoundError
from bookwheel.models import Reader
from bookwheel.queries.asking import models
from bookwheel.queries.tags import tags_of
from bookwheel.web.scopes import read_scope

NAME = "bookwheel"


@dataclass(frozen=True)
class ProgramQuestion:
    """What a program asks. `model` None: the one that the site has chosen."""

    text: str
    named: str  # the model as the program named it
    scope: Scope
    model: str | None = None
    history: Sequence[Turn] = ()
    streams: bool = False
    wants_usage: bool = False


def read_question(reader: Reader, body: bytes) -> ProgramQuestion:
    """Read a request.

    Raises:
        InputError: it is not what a chat completion needs.
        Http404: it names a tag or a paper that is not there.
    """
    try:
        values = orjson.loads(body)
        named = str(values["model"])
        said = [(str(each["role"]), _text(each.get("content"))) for each in values["messages"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(_("A chat completion needs `model` and `messages`.")) from error
    asked, history = _turns(said)
    place, model = _named(named)
    scope = values.get("scope", place)
    options = values.get("stream_options") or {}
    return ProgramQuestion(
        text=asked,
        named=named,
        scope=read_scope(reader, scope if isinstance(scope, str) else place),
        model=model,
        history=history,
        streams=values.get("stream") is True,
        wants_usage=isinstance(options, dict) and options.get("include_usage") is True,
    )


def offered(reader: Reader) -> list[str]:
    """Names of models that a reader's programs can choose."""
    scopes = [NAME, f"{NAME}:library", *(f"{NAME}:tag:{tag.name}" for tag in tags_of(reader))]
    return [*scopes, *(f"{NAME}@{each.name}" for each in models())]


def known_name(reader: Reader, name: str) -> None:
    """See whether a name can be asked.

    Raises:
        InputError, NotFoundError: it names nothing.
        Http404: it names a tag or a paper that is not there.
    """
    place, model = _named(name)
    read_scope(reader, place)
    if model and model not in {each.name for each in models()}:
        raise NotFoundError(_("There is no language model “%(name)s” here.") % {"name": model})


def _named(name: str) -> tuple[str, str | None]:
    """Scope and model that a name says."""
    place, at, model = name.partition("@")
    if place != NAME and not place.startswith(f"{NAME}:"):
        raise InputError(
            _("There is no model “%(name)s” here; /v1/models lists those that there are.")
            % {"name": name[:100]}
        )
    return place.removeprefix(NAME).removeprefix(":"), model if at else None


def _text(content: Any) -> str:
    """Content is text, or parts of which some are text."""
    if isinstance(content, str):
        return clean(content)
    parts = content if isinstance(content, list) else []
    return clean("\n".join(part["text"] for part in parts if part.get("type") == "text"))


def _turns(said: Sequence[tuple[str, str]]) -> tuple[str, list[Turn]]:
    """The last question, and those before it with their answers."""
    turns = list[Turn]()
    waiting = ""
    for role, text in said:
        if role == "user":
            waiting = text
        elif role == "assistant" and waiting:
            turns.append(Turn(waiting, text))
            waiting = ""
    if not waiting.strip() or len(waiting) > LONGEST:
        raise InputError(
            _("The last message must be a question of 1 to %(most)d characters.")
            % {"most": LONGEST}
        )
    return waiting.strip(), turns
