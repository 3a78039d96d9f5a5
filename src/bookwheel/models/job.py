"""The work that Bookwheel does by itself: one row for each time that a job ran."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """One run of a job, and what became of it."""

    class Outcome(models.TextChoices):
        """How it ended. A run whose process was killed stays `RUNNING` until the next one."""

        RUNNING = "running"
        DONE = "done"
        NOTHING = "nothing"  # it worked, but what was expected is not there yet
        WAITING = "waiting"  # a server is to be left alone for a while
        FAILED = "failed"
        STOPPED = "stopped"  # asked to stop; the next run goes on
        KILLED = "killed"  # ended without a word; the next run goes on

    name = models.CharField(max_length=32)
    started = models.DateTimeField(db_index=True)  # finds the latest runs, and old ones to drop
    ended = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.RUNNING)
    again = models.DateTimeField(null=True)  # not to be tried before
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    told = models.TextField(blank=True)  # one line about how it went

    class Meta:
        app_label = "bookwheel"
        indexes = [models.Index(fields=["name", "started"], name="job_runs")]
