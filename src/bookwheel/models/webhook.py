"""Webhooks: other programs that are told of new papers, and each time that they were."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.models.following import FollowedAuthor, SavedSearch
from bookwheel.models.tag import Tag


class Webhook(models.Model):
    """Where a reader's news go, in which form, and of what. `address` and `secret` are secrets."""

    class Form(models.TextChoices):
        """Who understands what is sent."""

        JSON = "json", "JSON"
        SLACK = "slack", "Slack"
        MATTERMOST = "mattermost", "Mattermost"
        DISCORD = "discord", "Discord"
        TELEGRAM = "telegram", "Telegram"
        FEISHU = "feishu", "Feishu"

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks"
    )
    name = models.CharField(max_length=64)
    form = models.CharField(max_length=10, choices=Form.choices)
    address = models.CharField(max_length=2000)
    secret = models.CharField(max_length=200, blank=True)  # signs JSON, and Feishu where it asks
    chat = models.CharField(max_length=64, blank=True)  # Telegram's
    # Of what: a tag, a saved search or a followed author; with none of them, all that is for me.
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, related_name="+")
    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, null=True, related_name="+")
    author = models.ForeignKey(
        FollowedAuthor, on_delete=models.CASCADE, null=True, related_name="+"
    )
    covered = models.DateField(null=True)  # the last listing that it was told of
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    stopped = models.CharField(max_length=500, blank=True)  # why it is told nothing any more
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message for a webhook, tried until it is taken or given up."""

    class State(models.TextChoices):
        """How far it came."""

        WAITING = "waiting"
        CLAIMED = "claimed"
        DONE = "done"
        FAILED = "failed"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    slot = models.CharField(max_length=40)  # "2026-11-24", "test ..."
    body = models.TextField()  # as it is sent each time
    papers = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claim = models.CharField(max_length=32, blank=True)
    claimed = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    again = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # of the last answer, as HTTP has it
    told = models.CharField(max_length=500, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["webhook", "slot"], name="delivered_once")]
        indexes = [
            # Finds what is still to be delivered; nearly all rows are not.
            models.Index(
                fields=["again"],
                name="deliveries_open",
                condition=models.Q(state__in=["waiting", "claimed"]),
            )
        ]
