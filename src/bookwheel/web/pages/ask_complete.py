"""What "@" and "#" in a question can mean: papers and tags, as one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookwheel.content.html import text_to_html
from bookwheel.errors import IndexMissingError, QueryError
from bookwheel.queries.found import search
from bookwheel.queries.own_texts import own_texts_here
from bookwheel.queries.tags import tags_of
from bookwheel.web.visit import Visit

_MOST = 6


@require_safe
def ask_complete(request: Visit) -> HttpResponse:
    """Papers for "@words", tags for "#beginning"."""
    sign, text = request.GET.get("sign", "@"), request.GET.get("q", "").strip()[:100]
    if sign == "/":
        offered = _kinds(text)
    else:
        offered = _tags(request, text) if sign == "#" else [*_own(request, text), *_papers(text)]
    return render(request, "_completions.html", {"offered": offered[:_MOST], "sign": sign})


def _kinds(text: str) -> list[tuple[str, object]]:
    """What can be asked for, with what it does: as the assistant understands questions."""
    kinds: list[tuple[str, object]] = [
        ("Compare", _("two things side by side")),
        ("Explain", _("step by step, for somebody who is new to it")),
        ("Summarise by section", _("the paper that is chosen")),
        ("Research", _("a report: a plan of questions, each answered")),
        ("What is new on", _("the newest first")),
        ("Who works on", _("people and their papers")),
        ("/remember", _("something of you, in all conversations")),
    ]
    folded = text.casefold()
    return [one for one in kinds if folded in one[0].casefold()]


def _tags(request: Visit, text: str) -> list[tuple[str, object]]:
    folded = text.casefold()
    return [
        (f"#{tag.name}", tag.name) for tag in tags_of(request.user) if folded in tag.name.casefold()
    ]


def _own(request: Visit, text: str) -> list[tuple[str, object]]:
    """Files of the reader in whose name or title the words stand."""
    folded = text.casefold()
    return [
        (f"@{own.own_name}", own.title)
        for own in own_texts_here(request.user)
        if folded and folded in f"{own.name} {own.title}".casefold()
    ]


def _papers(text: str) -> list[tuple[str, object]]:
    if not text:
        return []
    try:
        found = search(text, k=_MOST)
    except (QueryError, IndexMissingError):  # half a query is typed: nothing to offer yet
        return []
    return [(f"@{hit.paper.arxiv_id}", text_to_html(hit.paper.title, links=False)) for hit in found]
