"""All conversations: search in them, folders, the archive, several at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from bookwheel.access import tag_read
from bookwheel.actions.remember import INSTRUCTIONS
from bookwheel.content.highlight import highlight
from bookwheel.models import FolderAsking
from bookwheel.queries.conversation_search import search_conversations
from bookwheel.queries.conversations import listed
from bookwheel.web.visit import Visit

_LONGEST = 200  # characters of a search


@require_safe
def conversations(request: Visit) -> HttpResponse:
    """Those of a folder, of the archive, or with some words."""
    text = request.GET.get("q", "").strip()[:_LONGEST]
    folder = tag_read(request.user, request.GET["tag"]) if request.GET.get("tag") else None
    archived = request.GET.get("archived") == "1"
    if text:
        words = text.split()
        rows = [
            (hit.conversation, hit.message.pk if hit.message else 0, highlight(hit.excerpt, words))
            for hit in search_conversations(request.user, text)
        ]
    else:
        rows = [(each, 0, Markup()) for each in listed(request.user, archived=archived, tag=folder)]
    asking = FolderAsking.objects.filter(tag=folder).first() if folder else None
    context: dict[str, Any] = {
        "wishes": asking.instructions if asking else "",
        "longest": INSTRUCTIONS,
    }
    context |= {"rows": rows, "text": text, "folder": folder, "archived": archived}
    piece = request.htmx and request.htmx.target == "found"
    return render(request, "_conversation_rows.html" if piece else "conversations.html", context)
