"""A mark: one reader likes or hides one paper."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.models.paper import Paper


class Mark(models.Model):
    """A like (kept in the library, draws the ranking closer) or a hide (the opposite)."""

    class Kind(models.TextChoices):
        """What the reader said about the paper."""

        LIKE = "like"
        HIDE = "hide"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="marks"
    )
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "paper"], name="marked_once")]
