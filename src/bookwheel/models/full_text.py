"""The full text of a version of a paper: that it is here, or why not. The text itself is a file."""

from __future__ import annotations

from django.db import models

from bookwheel.models.paper import Paper


class FullText(models.Model):
    """One version of one paper, as it was read last."""

    class State(models.TextChoices):
        """Whether there is a document."""

        WANTED = "wanted"  # a reader waits for it
        HERE = "here"
        FAILED = "failed"  # `error` says why
        REMOVED = "removed"  # to make room; it can be fetched again

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="full_texts")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices)
    source = models.CharField(max_length=8, blank=True)  # html, tex or pdf
    licence = models.TextField(blank=True)  # an address, as arXiv gave it when it was fetched
    folder = models.CharField(max_length=128, blank=True)  # of its files, among all full texts
    size = models.BigIntegerField(default=0)  # bytes on disk
    # Pixels of `small-original.pdf.webp`, the first page of a PDF; 0 where there is none.
    page_width = models.PositiveSmallIntegerField(default=0, db_default=0)
    page_height = models.PositiveSmallIntegerField(default=0, db_default=0)
    attached = models.BooleanField(default=False)  # given by the operator, cannot be fetched again
    fetched = models.DateTimeField()  # or tried
    opened = models.DateTimeField()  # by any reader, last; the least recent goes first
    tries = models.PositiveSmallIntegerField(default=0)  # failed ones in a row
    again = models.DateTimeField(null=True)  # not to be tried before; null: not at all by itself
    error = models.TextField(blank=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["paper", "version"], name="one_text_of_a_version")
        ]
        # For making room, and for what is to be tried again.
        indexes = [models.Index(fields=["state", "opened"], name="texts_by_state")]

    def __str__(self) -> str:
        return f"{self.paper.arxiv_id}v{self.version}"


class Citation(models.Model):
    """A reference of a full text that says by an identifier which paper it is."""

    text = models.ForeignKey(FullText, on_delete=models.CASCADE, related_name="citations")
    reference = models.CharField(max_length=64)  # its id in the document
    arxiv_id = models.CharField(max_length=32, blank=True, db_index=True)
    doi = models.CharField(max_length=255, blank=True, db_index=True)  # in small letters

    class Meta:
        app_label = "bookwheel"
