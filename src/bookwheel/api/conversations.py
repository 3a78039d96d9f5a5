"""Conversations with the papers: ask in them, read, arrange and delete them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from bookwheel.access import (
    conversation_read,
    conversation_write,
    message_read,
    message_write,
    tag_read,
)
from bookwheel.actions import arrange_conversation as arrange
from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.actions.delete_conversations import delete_conversations
from bookwheel.actions.rate_answer import rate_answer
from bookwheel.api.answer_shapes import AnswerShape
from bookwheel.api.ask import Where
from bookwheel.api.auth import ASK, READ, WRITE, Call
from bookwheel.api.base import Changed, Number, Shape
from bookwheel.errors import InputError
from bookwheel.models import Conversation, Message
from bookwheel.queries.conversations import branch, listed
from bookwheel.web import writing

router = Router(tags=["conversations"], auth=READ)


class ConversationShape(Shape):
    """A conversation, in short."""

    number: int
    title: str
    folder: str = Field(description="Name of the tag in whose folder it lies")
    created: datetime
    updated: datetime
    pinned: bool
    archived: bool

    @classmethod
    def of(cls, each: Conversation) -> ConversationShape:
        """The shape of a conversation."""
        return cls(
            number=each.pk,
            title=each.title,
            folder=each.tag.name if each.tag else "",
            created=each.created,
            updated=each.updated,
            pinned=each.pinned is not None,
            archived=each.archived is not None,
        )


class MessageShape(Shape):
    """A question or an answer; `state` running: it is being written, so look again."""

    number: int
    conversation: int
    parent: int | None
    role: Message.Role
    state: Message.State
    text: str
    model: str
    answer: AnswerShape | None
    trouble: str
    created: datetime

    @classmethod
    def of(cls, each: Message) -> MessageShape:
        """The shape of a message."""
        return cls(
            number=each.pk,
            conversation=each.conversation_id,
            parent=each.parent_id,
            role=Message.Role(each.role),
            state=Message.State(each.state),
            text=each.text,
            model=each.model,
            answer=AnswerShape.model_validate(each.answer) if each.answer else None,
            trouble=each.trouble,
            created=each.created,
        )


class Conversations(Shape):
    """Pinned ones first, then by time of the last question."""

    conversations: list[ConversationShape]


class WholeConversation(ConversationShape):
    """A conversation with the messages of the branch in sight."""

    messages: list[MessageShape]


class Wanted(Shape):
    """Which conversations."""

    archived: bool = False
    tag: str = ""


class NewQuestion(Where):
    """What is asked, and who is to answer."""

    question: str = Field(examples=["What limits sparse attention?"])
    model: str = Field("", description="A name; empty: quotations alone")
    parent: Number | None = Field(None, description="The answer that it follows")


class Arranged(Shape):
    """What is to be different; what is left out stays."""

    title: str | None = None
    pinned: bool | None = None
    archived: bool | None = None
    folder: str | None = Field(None, description="Name of a tag; empty takes it out")


class Rating(Shape):
    """Whether an answer helped."""

    rating: Literal["up", "down", "none"]
    reason: str = ""


@router.get("/conversations", response=Conversations)
def all_conversations(request: Call, wanted: Query[Wanted]) -> Conversations:
    """The reader's conversations, at most 500."""
    tag = tag_read(request.auth, wanted.tag) if wanted.tag else None
    found = listed(request.auth, archived=wanted.archived, tag=tag)
    return Conversations(conversations=[ConversationShape.of(each) for each in found])


@router.post("/conversations", response={202: MessageShape}, auth=ASK)
def begin(request: Call, asked: NewQuestion) -> MessageShape:
    """Ask in a new conversation; the answer is written meanwhile."""
    return _ask(request, asked, None)


@router.get("/conversations/{int:conversation}", response=WholeConversation)
def one_conversation(request: Call, conversation: Number) -> WholeConversation:
    """A conversation with the branch in sight."""
    found = conversation_read(request.auth, conversation)
    said = [MessageShape.of(each.message) for each in branch(found)]
    return WholeConversation(**ConversationShape.of(found).model_dump(), messages=said)


@router.post("/conversations/{int:conversation}", response={202: MessageShape}, auth=ASK)
def go_on(request: Call, conversation: Number, asked: NewQuestion) -> MessageShape:
    """Ask the next question; without `parent` after the last answer in sight."""
    return _ask(request, asked, conversation_write(request.auth, conversation))


@router.patch("/conversations/{int:conversation}", response=ConversationShape, auth=WRITE)
def change(request: Call, conversation: Number, wanted: Arranged) -> ConversationShape:
    """Rename, pin, archive or file a conversation."""
    found = conversation_write(request.auth, conversation)
    if wanted.title is not None:
        arrange.rename_conversation(found, wanted.title)
    if wanted.pinned is not None:
        arrange.pin_conversation(found, pinned=wanted.pinned)
    if wanted.archived is not None:
        arrange.archive_conversation(found, archived=wanted.archived)
    if wanted.folder is not None:
        folder = tag_read(request.auth, wanted.folder) if wanted.folder else None
        arrange.file_conversation(found, folder)
    return ConversationShape.of(conversation_read(request.auth, conversation))


@router.delete("/conversations/{int:conversation}", response=Changed, auth=WRITE)
def drop(request: Call, conversation: Number) -> Changed:
    """Delete a conversation; it can come back for 30 days."""
    found = conversation_write(request.auth, conversation)
    return Changed.of(delete_conversations(request.auth, [found]))


@router.get("/messages/{int:message}", response=MessageShape)
def one_message(request: Call, message: Number) -> MessageShape:
    """A question or an answer, as far as it is."""
    found = message_read(request.auth, message)
    writing.settle(found)
    found.refresh_from_db()
    return MessageShape.of(found)


@router.post("/messages/{int:message}/stop", response=MessageShape, auth=ASK)
def stop(request: Call, message: Number) -> MessageShape:
    """Stop an answer; what has come of it stays."""
    found = message_write(request.auth, message)
    writing.stop(found)
    return MessageShape.of(found)


@router.post("/messages/{int:message}/rating", response={204: None}, auth=WRITE)
def rate(request: Call, message: Number, said: Rating) -> None:
    """Say whether an answer helped."""
    rate_answer(message_write(request.auth, message), said.rating, said.reason)


def _ask(request: Call, asked: NewQuestion, about: Conversation | None) -> MessageShape:
    parent = about.leaf if about else None
    if about and asked.parent is not None:
        parent = message_write(request.auth, asked.parent)
        if parent.conversation_id != about.pk:
            raise InputError(_("This message is of another conversation."))
    question = Question(asked.question, asked.scope(request.auth), model=asked.model)
    told = ask_question(request.auth, question, about, parent=parent)
    writing.start(told)
    return MessageShape.of(told)
