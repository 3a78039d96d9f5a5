"""What arXiv announced: that a paper was in the listing of a day, and as what."""

from __future__ import annotations

from django.db import models

from bookwheel.models.paper import Paper


class Announcement(models.Model):
    """One paper in one day's listing, as the strongest of what arXiv said of it that day."""

    class Kind(models.TextChoices):
        """As arXiv's feeds name it, the strongest first."""

        NEW = "new"
        CROSS = "cross"  # newly listed in a further category
        REPLACE = "replace"  # a new version
        REPLACE_CROSS = "replace-cross"  # the same, in a category that is not the primary one

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="announcements")
    day = models.DateField()
    kind = models.CharField(max_length=16, choices=Kind.choices)

    class Meta:
        app_label = "bookwheel"
        # A day's listing is read in order of this index.
        constraints = [
            models.UniqueConstraint(fields=["day", "paper"], name="announced_once_a_day")
        ]
