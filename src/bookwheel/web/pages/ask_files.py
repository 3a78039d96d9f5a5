"""Conversations and answers as files: Markdown, JSON, BibTeX of what they cite."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from bookwheel.access import conversation_read, message_read
from bookwheel.content.bibtex import bibliography
from bookwheel.models import Message
from bookwheel.queries.conversations import branch
from bookwheel.queries.written_out import (
    cited,
    conversation_markdown,
    conversation_values,
    message_markdown,
)
from bookwheel.web.visit import Visit

_TYPES = {"md": "text/markdown", "json": "application/json", "bib": "text/x-bibtex"}


@require_safe
def conversation_file(request: Visit, which: int, kind: str) -> HttpResponse:
    """A whole conversation; JSON has all its branches."""
    found = conversation_read(request.user, which)
    name = f"conversation-{found.pk}"
    if kind == "md":
        return _file(conversation_markdown(found), kind, name)
    if kind == "json":
        values = orjson.dumps(conversation_values(found), option=orjson.OPT_INDENT_2)
        return _file(values, kind, name)
    return _file(_entries([said.message for said in branch(found)]), kind, name)


@require_safe
def message_file(request: Visit, which: int, kind: str) -> HttpResponse:
    """One answer as Markdown, or the papers it cites as BibTeX."""
    found = message_read(request.user, which)
    if kind == "md":
        return _file(message_markdown(found), kind, f"answer-{found.pk}")
    if kind == "bib":
        return _file(_entries([found]), kind, f"answer-{found.pk}")
    raise Http404(kind)


def _entries(messages: Sequence[Message]) -> str:
    return bibliography(cited(messages))


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    if kind not in _TYPES:
        raise Http404(kind)
    answer = HttpResponse(content, content_type=f"{_TYPES[kind]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
