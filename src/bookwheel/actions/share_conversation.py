"""Share a conversation by a link that anybody may open, and end it again."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from bookwheel.errors import InputError
from bookwheel.models import Conversation, Message, SharedLink

_TOKEN = 18  # bytes; nobody guesses one
MOST = 20  # links of one conversation


@transaction.atomic
def share_conversation(conversation: Conversation) -> SharedLink:
    """Make a link to the branch in sight as it is now; the same one if nothing was added since.

    Raises:
        InputError: there is nothing to share yet, or there are too many links.
    """
    leaf = conversation.leaf
    if leaf is None or leaf.state == Message.State.RUNNING:
        raise InputError(_("Wait until the answer is written, then share."))
    known = conversation.links.filter(leaf=leaf).first()
    if known:
        return known
    if conversation.links.count() >= MOST:
        raise InputError(_("This conversation has %(most)d links. End one first.") % {"most": MOST})
    token = secrets.token_urlsafe(_TOKEN)
    return SharedLink.objects.create(conversation=conversation, leaf=leaf, token=token)


def unshare_conversation(link: SharedLink) -> None:
    """End a link: whoever opens it finds nothing from now on."""
    SharedLink.objects.filter(pk=link.pk).delete()
