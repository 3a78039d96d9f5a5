"""Texts that a reader brought into a conversation: theirs alone, in no list, index or count of all.

What they say is on disk, in a folder of this reader (`config().own_texts`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.core.own_names import own_name


class OwnText(models.Model):
    """One file, as it was read."""

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading"
        HERE = "here"
        FAILED = "failed"  # `error` says why

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_texts"
    )
    name = models.CharField(max_length=255)  # of the file
    title = models.TextField()  # as the text says it, or the file's name
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    digest = models.CharField(max_length=64)  # SHA-256 of the file: the same is not read twice
    folder = models.CharField(max_length=128, blank=True)  # of its files, among the reader's own
    size = models.BigIntegerField(default=0)  # bytes on disk
    error = models.TextField(blank=True)
    temporary = models.BooleanField(default=False)  # gone after a day
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"

    def __str__(self) -> str:
        return self.title

    @property
    def own_name(self) -> str:
        """What it is called where else arXiv identifiers stand."""
        return own_name(self.pk)
