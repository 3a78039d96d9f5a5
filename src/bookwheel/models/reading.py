"""What a reader has read or keeps for later, paper by paper and day by day."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.models.paper import Paper


class Reading(models.Model):
    """One reader's word on one paper. Where there is none, the day's word holds (`DayRead`)."""

    class State(models.TextChoices):
        """Apart from likes and hides: a paper can be liked and still be for later."""

        READ = "read"
        LATER = "later"
        UNREAD = "unread"  # of a day that is read, but not this paper

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings"
    )
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="readings")
    state = models.CharField(max_length=8, choices=State.choices)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "paper"], name="one_reading")]
        indexes = [models.Index(fields=["reader", "state", "created"], name="readings_by_state")]


class DayRead(models.Model):
    """A reader is through with the papers that were new on a day, a thousand in one row.

    Papers that arrive for the day afterwards have higher numbers than `last_paper` and are unread.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="days_read"
    )
    day = models.DateField()
    last_paper = models.BigIntegerField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "day"], name="day_read_once")]


class LastVisit(models.Model):
    """When a reader was last at the feed, and before that: a visit ends after some quiet hours."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="last_visit"
    )
    seen = models.DateTimeField()  # this visit, as far as it goes
    newest = models.DateField()  # newest day that was there to be seen in it
    seen_before = models.DateTimeField(null=True)  # end of the visit before
    newest_before = models.DateField(null=True)

    class Meta:
        app_label = "bookwheel"
