"""What a reader brought along that is no paper here, and files that wait to be imported.

Apart from `Paper` on purpose: lists, searches and counts of papers cannot show to others what they
do not read.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.models.tag import Tag


class PrivatePaper(models.Model):
    """One reader's own entry. Text is plain; `authors` is a list of [family name, given names]."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="private_papers"
    )
    title = models.TextField()
    authors = models.JSONField(default=list)
    year = models.PositiveSmallIntegerField(null=True)
    abstract = models.TextField(blank=True)
    venue = models.TextField(blank=True)
    doi = models.TextField(blank=True)
    url = models.TextField(blank=True)
    arxiv_id = models.CharField(max_length=32, blank=True)  # of a paper that is not here yet
    kind = models.CharField(max_length=32, blank=True)  # as BibTeX names it
    key = models.CharField(max_length=200, blank=True)  # that it had in the reader's file
    note = models.TextField(blank=True)
    tags = models.ManyToManyField(Tag, related_name="private_papers")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"

    def __str__(self) -> str:
        return self.title or self.arxiv_id or self.doi


class ImportDraft(models.Model):
    """A file that was read and matched, and waits for the reader's word; one for each reader."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_draft"
    )
    name = models.CharField(max_length=255)
    form = models.CharField(max_length=16)
    entries = models.JSONField()  # fields of each reference
    matches = models.JSONField()  # [number of the paper or null, how it was found] of each
    problems = models.JSONField()  # [line, reason] of what could not be read
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bookwheel"
