"""A tag: a named interest of one reader, and the papers under it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from bookwheel.models.paper import Paper

COLOURS = 8  # size of the palette in the stylesheet


class Tag(models.Model):
    """A named interest. A deleted tag keeps its papers until it is purged; it can come back.

    A loose one has neither name nor papers: it carries the steering of what is kept without a tag.
    It counts as deleted, so that no list of tags has it, and is never purged.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tags"
    )
    name = models.CharField(max_length=64)
    colour = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    deleted = models.DateTimeField(null=True)
    loose = models.BooleanField(default=False)

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(
                "reader", condition=models.Q(loose=True), name="tag_loose_once"
            ),
            models.UniqueConstraint(
                "reader", Lower("name"), condition=models.Q(deleted=None), name="tag_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """One paper under one tag."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="taggings")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["tag", "paper"], name="tagged_once")]
