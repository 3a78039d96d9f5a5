"""Ask: a new conversation, or one that there is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookwheel.access import conversation_read, figure_asked, message_read, tag_read
from bookwheel.assistant.retriever import Scope
from bookwheel.content.clean import clean
from bookwheel.queries.conversations import newest_leaf
from bookwheel.web.asked_figure import asked_figure
from bookwheel.web.pickers import seeing_choices
from bookwheel.web.posted import number
from bookwheel.web.scopes import read_scope
from bookwheel.web.talk import talk
from bookwheel.web.visit import Visit

_LONGEST = 4000  # characters of a quotation or question in an address


@require_safe
def ask(request: Visit) -> HttpResponse:
    """A page to ask on; the address may say about what: paper, tag, a passage, a question."""
    given = request.GET
    more: dict[str, Any] = {
        "quote": clean(given.get("quote", ""))[:_LONGEST],
        "folder": tag_read(request.user, given["folder"]) if given.get("folder") else None,
        "temporary": given.get("temporary") == "1",
    }
    written = f"paper:{given['paper']}" if given.get("paper") else given.get("in", "")
    if given.get("figure"):
        figure = figure_asked(given["figure"])
        written = f"paper:{figure.paper.arxiv_id}"
        more |= {"figure": asked_figure(figure), "models": seeing_choices()}
    if given.get("tag"):
        written = f"tag:{given['tag']}"
    if given.get("q"):
        more["draft"] = clean(given["q"])[:_LONGEST]
    scope = read_scope(request.user, written) if written else Scope()
    return render(request, "ask.html", talk(request, None, scope=scope, **more))


@require_safe
def conversation(request: Visit, which: int) -> HttpResponse:
    """A conversation; `at` shows the branch through another version of a message."""
    found = conversation_read(request.user, which)
    leaf = None
    if request.GET.get("at"):
        leaf = newest_leaf(message_read(request.user, number(request.GET["at"]))).pk
    return render(request, "ask.html", talk(request, found, leaf=leaf))
