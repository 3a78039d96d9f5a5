"""What a paper said in an earlier version, kept when a newer one takes its place."""

from __future__ import annotations

from django.db import models

from bookwheel.models.paper import Paper


class Revision(models.Model):
    """Title, abstract, authors and categories of one version that is not the latest any more."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()  # of the version
    title = models.TextField()
    abstract = models.TextField()
    authors = models.JSONField()
    categories = models.CharField(max_length=255)
    comments = models.TextField(blank=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_revision_a_version")
        ]
