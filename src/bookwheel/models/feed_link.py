"""A private address under which a feed reader fetches one of a reader's lists."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.models.tag import Tag


class FeedLink(models.Model):
    """One feed. Its address is signed, not stored; deleting the row revokes it for ever."""

    class Kind(models.TextChoices):
        """Which list it is. A search may be for an author (`au:`) or a category (`cat:`)."""

        FOR_YOU = "for_you"
        LIBRARY = "library"
        TAG = "tag"
        SEARCH = "search"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_links"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="feed_links")
    text = models.CharField(max_length=1000, blank=True)  # of the search
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
