"""A change a reader made, with what is needed to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Change(models.Model):
    """One undoable gesture. `verb` names the file in `actions/` that made it."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="changes"
    )
    verb = models.CharField(max_length=32)
    before = models.JSONField()  # what the action needs to restore the state before it
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        app_label = "bookwheel"
