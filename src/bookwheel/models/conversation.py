"""A conversation with the assistant: a tree of messages, of which one branch is in sight."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.models.tag import Tag


class Conversation(models.Model):
    """What a reader asked and was answered. A deleted one can come back until it is purged."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="conversations"
    )
    title = models.CharField(max_length=200)
    tag = models.ForeignKey(
        Tag, on_delete=models.SET_NULL, null=True, related_name="conversations"
    )  # the folder it lies in
    scope = models.JSONField(default=dict)  # where the last question looked: {"tag": "vision"}
    model = models.CharField(max_length=128, blank=True)  # that answered last; empty: quotations
    leaf = models.ForeignKey(
        "bookwheel.Message", on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the last message of the branch in sight
    temporary = models.BooleanField(default=False)  # in no list, and gone after a day
    draft = models.TextField(blank=True)  # typed but not sent
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField()  # when something was last asked
    pinned = models.DateTimeField(null=True)
    archived = models.DateTimeField(null=True)
    deleted = models.DateTimeField(null=True)

    class Meta:
        app_label = "bookwheel"
        indexes = [models.Index(fields=["reader", "updated"], name="conversations_by_time")]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """A question or an answer. Messages with the same parent are versions of one another.

    `answer` is the assistant's `Answer` as plain values; `text` of an answer is its words, for
    searching and copying. `about` of a question is the passage that it was asked about, and the
    papers it names.
    """

    class Role(models.TextChoices):
        """Who speaks."""

        QUESTION = "question"
        ANSWER = "answer"

    class State(models.TextChoices):
        """How far it is. A question is always done."""

        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        FAILED = "failed"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    role = models.CharField(max_length=8, choices=Role.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DONE)
    text = models.TextField(blank=True)
    about = models.JSONField(default=dict)
    scope = models.JSONField(default=dict)
    model = models.CharField(max_length=128, blank=True)
    answer = models.JSONField(null=True)
    steps = models.JSONField(default=list)  # [code, text, seconds, count] of the work on it
    trouble = models.TextField(blank=True)  # why it failed, for people
    rating = models.SmallIntegerField(default=0)  # 1 helpful, -1 not
    reason = models.CharField(max_length=500, blank=True)  # of the rating
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        indexes = [models.Index(fields=["role", "created"], name="messages_by_time")]


class SharedLink(models.Model):
    """A link under which anybody may read a conversation as it was when it was shared."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links")
    leaf = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"


class Memory(models.Model):
    """Something that the assistant is to know of a reader in every conversation."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memories"
    )
    text = models.CharField(max_length=500)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"


class Asking(models.Model):
    """How a reader wants to be answered."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="asking"
    )
    instructions = models.TextField(blank=True)
    remembers = models.BooleanField(default=True)  # whether memories are told to models
    draft = models.TextField(blank=True)  # of a conversation that has not begun

    class Meta:
        app_label = "bookwheel"


class FolderAsking(models.Model):
    """How a reader wants to be answered in the conversations of a tag's folder."""

    tag = models.OneToOneField(Tag, on_delete=models.CASCADE, related_name="asking")
    instructions = models.TextField(blank=True)

    class Meta:
        app_label = "bookwheel"
