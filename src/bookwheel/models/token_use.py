"""What language models wrote for a reader, and what that cost: one row for each day and model."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class TokenUse(models.Model):
    """Kept apart from conversations, so that deleting these gives no tokens back."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="token_uses"
    )
    day = models.DateField()  # in UTC
    model = models.CharField(max_length=128)
    answers = models.PositiveIntegerField(default=0)
    prompt = models.PositiveBigIntegerField(default=0)  # tokens that the model was given
    completion = models.PositiveBigIntegerField(default=0)  # tokens that it wrote
    cost = models.FloatField(default=0.0)  # by the prices in models.toml

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["reader", "day", "model"], name="one_use_a_day")
        ]
