"""What a reader follows besides tags: authors, and searches that were saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookwheel.models.paper import Paper


class Alert(models.TextChoices):
    """Where new papers of an author or a search are told of, besides For you."""

    SITE = "site", _("on the site only")
    DIGEST = "digest", _("in my digest")
    MAIL = "mail", _("by mail at once")


class FollowedAuthor(models.Model):
    """An author, by the name as a paper spells it."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_authors"
    )
    family = models.CharField(max_length=255)
    given = models.CharField(max_length=255, blank=True)
    alert = models.CharField(max_length=8, choices=Alert.choices, default=Alert.DIGEST)
    seen = models.DateField(null=True)  # the last listing whose papers the reader has seen
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["reader", "family", "given"], name="followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Authorship(models.Model):
    """What a reader said of a paper under a followed author's name: theirs, or somebody else's."""

    author = models.ForeignKey(FollowedAuthor, on_delete=models.CASCADE, related_name="authorships")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    theirs = models.BooleanField()

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["author", "paper"], name="authorship_once")]


class SavedSearch(models.Model):
    """A search, as it was typed. In the feed all of its words must be in a paper."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    text = models.CharField(max_length=1000)
    alert = models.CharField(max_length=8, choices=Alert.choices, default=Alert.DIGEST)
    seen = models.DateField(null=True)  # the last listing whose papers the reader has seen
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "text"], name="saved_once")]

    def __str__(self) -> str:
        return self.text
