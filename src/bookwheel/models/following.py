"""What a reader follows besides tags: authors, and searches that were saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class FollowedAuthor(models.Model):
    """An author, by the name as a paper spells it."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_authors"
    )
    family = models.CharField(max_length=255)
    given = models.CharField(max_length=255, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["reader", "family", "given"], name="followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class SavedSearch(models.Model):
    """A search, as it was typed. In the feed all of its words must be in a paper."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    text = models.CharField(max_length=1000)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "text"], name="saved_once")]

    def __str__(self) -> str:
        return self.text
