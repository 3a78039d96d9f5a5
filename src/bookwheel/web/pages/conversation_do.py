"""What a reader does with a whole conversation: rename, pin, archive, file, share, delete."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bookwheel.access import (
    conversation_write,
    link_read,
    link_write,
    message_read,
    tag_write,
)
from bookwheel.actions.arrange_conversation import (
    archive_conversation,
    file_conversation,
    pin_conversation,
    rename_conversation,
)
from bookwheel.actions.continue_elsewhere import continue_elsewhere
from bookwheel.actions.delete_conversations import delete_conversations
from bookwheel.actions.share_conversation import share_conversation, unshare_conversation
from bookwheel.models import Conversation
from bookwheel.queries.conversations import conversations
from bookwheel.web.answers import back, tell
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.visit import Visit


def _which(request: Visit) -> Conversation:
    return conversation_write(request.user, posted_number(request, "which"))


@require_POST
def rename(request: Visit) -> HttpResponse:
    """Give a conversation another title."""
    rename_conversation(_which(request), request.POST.get("title", ""))
    tell(request, _("Renamed."))
    return back(request)


@require_POST
def pin(request: Visit) -> HttpResponse:
    """Pin a conversation, or take the pin away (`off`)."""
    pinned = not request.POST.get("off")
    pin_conversation(_which(request), pinned=pinned)
    tell(request, _("Pinned.") if pinned else _("No longer pinned."))
    return back(request)


@require_POST
def archive(request: Visit) -> HttpResponse:
    """Archive a conversation, or bring it back (`off`)."""
    archived = not request.POST.get("off")
    archive_conversation(_which(request), archived=archived)
    tell(request, _("Archived.") if archived else _("No longer archived."))
    return back(request)


@require_POST
def file(request: Visit) -> HttpResponse:
    """Put a conversation into the folder of a tag; an empty tag takes it out."""
    found, name = _which(request), request.POST.get("tag", "")
    file_conversation(found, tag_write(request.user, name) if name else None)
    tell(request, _("Moved."))
    return back(request)


@require_POST
def delete(request: Visit) -> HttpResponse:
    """Delete some conversations, or all; they can come back for a while."""
    if request.POST.get("all"):
        chosen = list(conversations(request.user).filter(temporary=False))
    else:
        numbers = [number(each) for each in request.POST.getlist("which")]
        chosen = [conversation_write(request.user, each) for each in numbers]
    change = delete_conversations(request.user, chosen)
    text = ngettext(
        "%(count)d conversation deleted.", "%(count)d conversations deleted.", len(chosen)
    ) % {"count": len(chosen)}
    tell(request, text, change)
    return redirect("conversations" if request.POST.get("list") else "ask")


@require_POST
def share(request: Visit) -> HttpResponse:
    """Make a link under which a conversation can be read by anybody."""
    link = share_conversation(_which(request))
    tell(request, _("Whoever has the link can read this conversation as it is now."))
    return back(request, f"link-{link.pk}")


@require_POST
def unshare(request: Visit) -> HttpResponse:
    """End a link."""
    unshare_conversation(link_write(request.user, posted_number(request, "link")))
    tell(request, _("The link has ended."))
    return back(request)


@require_POST
def elsewhere(request: Visit) -> HttpResponse:
    """Continue in a new conversation: from a message of one's own, or from a shared link."""
    token = request.POST.get("token", "")
    if token:
        until = link_read(token).leaf
    else:
        until = message_read(request.user, number(posted(request, "until")))
    return redirect("conversation", continue_elsewhere(request.user, until).pk)
