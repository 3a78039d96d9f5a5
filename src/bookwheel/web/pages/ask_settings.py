"""How a reader wants to be answered: instructions, what is remembered, links that are shared."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import memory_write, tag_write
from bookwheel.actions.remember import (
    INSTRUCTIONS,
    LONGEST,
    forget,
    instruct,
    instruct_folder,
    remember,
)
from bookwheel.config import config
from bookwheel.models import Asking, SharedLink
from bookwheel.queries.token_use import model_uses, used_today
from bookwheel.web.answers import back, tell
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.visit import Visit


@require_safe
def ask_settings(request: Visit) -> HttpResponse:
    """Show them."""
    links = SharedLink.objects.filter(conversation__reader=request.user, conversation__deleted=None)
    context = {
        "asking": Asking.objects.filter(reader=request.user).first() or Asking(),
        "memories": list(request.user.memories.order_by("created", "pk")),
        "shared_links": list(links.select_related("conversation").order_by("-created")),
        "uses": model_uses(request.user),
        "used_today": used_today(request.user),
        "tokens_per_day": config().tokens_per_day,
        "longest": LONGEST,
        "longest_instructions": INSTRUCTIONS,
    }
    return render(request, "ask_settings.html", context)


@require_POST
def save(request: Visit) -> HttpResponse:
    """Set the instructions, and whether what is remembered is told to models."""
    remembers = request.POST.get("remembers") == "1"
    instruct(request.user, request.POST.get("instructions", ""), remembers=remembers)
    tell(request, _("Saved."))
    return back(request)


@require_POST
def save_folder(request: Visit) -> HttpResponse:
    """Set the instructions of a folder."""
    tag = tag_write(request.user, posted(request, "tag"))
    instruct_folder(tag, request.POST.get("instructions", ""))
    tell(request, _("Saved."))
    return back(request)


@require_POST
def keep(request: Visit) -> HttpResponse:
    """Remember something, or change it (`memory`)."""
    which = request.POST.get("memory", "")
    known = memory_write(request.user, number(which)) if which else None
    remember(request.user, request.POST.get("text", ""), known)
    tell(request, _("Remembered."))
    return back(request)


@require_POST
def drop(request: Visit) -> HttpResponse:
    """Forget something."""
    forget(memory_write(request.user, posted_number(request, "memory")))
    tell(request, _("Forgotten."))
    return back(request)
