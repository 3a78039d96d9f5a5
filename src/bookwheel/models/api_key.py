"""A key with which a program acts for a reader: what it may do, until when, how often it did."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiKey(models.Model):
    """One key. Of its secret only the hash is kept, so it is shown once, when it is made."""

    class Scope(models.TextChoices):
        """What a key may do; each says nothing of the others."""

        READ = "read"  # lists, papers, searches, what is the reader's
        WRITE = "write"  # like, hide, tag, follow, import
        ASK = "ask"  # put questions to a model, which costs time or money

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_keys"
    )
    name = models.CharField(max_length=64)
    handle = models.CharField(max_length=16, unique=True)  # the part of the key that finds the row
    digest = models.CharField(
        max_length=64
    )  # SHA-256 of the whole key: 256 random bits need no salt
    scopes = models.CharField(max_length=64)  # separated by spaces
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(null=True)  # null: never
    last_used = models.DateTimeField(null=True)
    # Requests in one minute since 1970, counted in the row so that all processes count together.
    minute = models.BigIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "bookwheel"

    def __str__(self) -> str:
        return self.name
