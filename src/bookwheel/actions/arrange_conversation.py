"""Rename, pin, archive or file a conversation: changes to how it lies in the list."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from bookwheel.content.clean import clean
from bookwheel.errors import InputError
from bookwheel.models import Conversation, Tag

LONGEST = 200  # characters of a title


def rename_conversation(conversation: Conversation, title: str) -> None:
    """Give it another title.

    Raises:
        InputError: the title is empty or too long.
    """
    title = " ".join(clean(title).split())
    if not title:
        raise InputError(_("A title needs a letter."))
    if len(title) > LONGEST:
        raise InputError(_("A title may have %(most)d characters.") % {"most": LONGEST})
    Conversation.objects.filter(pk=conversation.pk).update(title=title)


def pin_conversation(conversation: Conversation, *, pinned: bool) -> None:
    """Put it at the top of the list, or back among the others."""
    when = timezone.now() if pinned else None
    Conversation.objects.filter(pk=conversation.pk).update(pinned=when)


def archive_conversation(conversation: Conversation, *, archived: bool) -> None:
    """Take it out of the list without deleting it, or bring it back."""
    when = timezone.now() if archived else None
    Conversation.objects.filter(pk=conversation.pk).update(archived=when)


def file_conversation(conversation: Conversation, tag: Tag | None) -> None:
    """Put it into the folder of a tag, or out of any."""
    Conversation.objects.filter(pk=conversation.pk).update(tag=tag)
