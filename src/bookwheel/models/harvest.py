"""Where papers come from by themselves, and how far that has come."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """One source that is followed, such as `arxiv`, and what is wanted of it."""

    name = models.CharField(max_length=32, unique=True)
    categories = models.TextField(blank=True)  # separated by spaces; empty: all
    since = models.DateField()  # records changed on this day or later are wanted

    class Meta:
        app_label = "bookwheel"


class Stretch(models.Model):
    """How far one list of records was read: all of a source, or one of its sets.

    A list is read page by page, and its token goes on where it was. All records with a datestamp
    before `complete` are here; that day itself may have grown since.
    """

    source = models.CharField(max_length=32)
    part = models.CharField(max_length=64, blank=True)  # the set; empty: everything
    complete = models.DateField(null=True)
    # Of the list that is being read; nothing of it when `token` is empty.
    token = models.TextField(blank=True)
    started = models.DateField(null=True)  # the day that was asked from
    reached = models.DateField(null=True)  # highest datestamp on its pages
    ordered = models.BooleanField(default=True)  # whether datestamps only grew so far
    received = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["source", "part"], name="one_stretch_a_part")
        ]


class Feed(models.Model):
    """One feed of announcements: by what its server knows that we have it, and its last day."""

    address = models.CharField(max_length=500, unique=True)
    etag = models.TextField(blank=True)
    modified = models.TextField(blank=True)
    day = models.DateField(null=True)

    class Meta:
        app_label = "bookwheel"


class EarlyAnnouncement(models.Model):
    """An announcement of a paper whose record has not come yet."""

    arxiv_id = models.CharField(max_length=32)
    day = models.DateField()
    kind = models.CharField(max_length=16)  # as in `Announcement`

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["arxiv_id", "day", "kind"], name="early_once")
        ]
