"""Show another branch of a conversation: the one through another version of a message."""

from __future__ import annotations

from bookwheel.models import Conversation, Message
from bookwheel.queries.conversations import newest_leaf


def show_branch(version: Message) -> Message:
    """Put the branch through a message in sight, to its newest end; gives that end."""
    leaf = newest_leaf(version)
    Conversation.objects.filter(pk=version.conversation_id).update(leaf=leaf)
    return leaf
