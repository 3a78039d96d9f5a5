"""What a reader told a tag besides its papers, and how that came about."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.core.steering import Steering
from bookwheel.models.paper import Paper
from bookwheel.models.tag import Tag


class TagSteering(models.Model):
    """The steering of one tag, as `core.steering` stores it. A tag without any is not here."""

    tag = models.OneToOneField(Tag, on_delete=models.CASCADE, related_name="steering")
    state = models.JSONField()

    class Meta:
        app_label = "bookwheel"

    @property
    def steering(self) -> Steering:
        """The state, read."""
        return Steering.read(self.state)


class SteeringStep(models.Model):
    """One step of a tag's history: who changed what, and what it did to the day's list."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="steps")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="steering_steps"
    )
    turn = models.JSONField()  # kind, name and value, as in `core.steering.Turn`
    before = models.JSONField()
    after = models.JSONField()
    effect = models.JSONField()  # as in `queries.effect`
    created = models.DateTimeField(auto_now_add=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        app_label = "bookwheel"


class Opened(models.Model):
    """A paper that a reader opened. Kept only for readers who want to be learned from so."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="opened"
    )
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="opened")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "paper"], name="opened_once")]


class AwaitedPaper(models.Model):
    """A paper that a reader named for a tag and that is not here yet; it goes there when it is."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="awaited")
    arxiv_id = models.CharField(max_length=32, db_index=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["tag", "arxiv_id"], name="awaited_once")]
