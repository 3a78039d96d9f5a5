"""Bring conversations from ChatGPT."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bookwheel.actions.import_conversations import import_conversations
from bookwheel.errors import InputError
from bookwheel.web.answers import tell
from bookwheel.web.visit import Visit

_TOLD = 3  # of those left out


@require_POST
def import_file(request: Visit) -> HttpResponse:
    """Store what a file holds, and say what was left out."""
    file = request.FILES.get("file")
    if file is None:
        raise InputError(_("Choose a file first."))
    done = import_conversations(request.user, file.read())
    text = ngettext(
        "%(count)d conversation imported.", "%(count)d conversations imported.", done.conversations
    ) % {"count": done.conversations}
    if done.skipped:
        left = "; ".join(done.skipped[:_TOLD])
        text += " " + _("%(count)d left out: %(left)s.") % {
            "count": len(done.skipped),
            "left": left,
        }
    tell(request, text)
    return redirect("conversations")
