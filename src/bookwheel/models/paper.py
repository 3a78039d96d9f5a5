"""A paper as arXiv describes it: the truth from which the index is built."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Lower

from bookwheel.arxiv.schedule import listing_of_paper


class Paper(models.Model):
    """One arXiv paper in its latest version.

    `authors` is a list of [family name, given names, suffix]; `versions` a list of
    [number, ISO time in UTC]. Text is stored as arXiv gave it, with white space folded: TeX stays
    TeX. A line end in an abstract parts paragraphs.
    """

    arxiv_id = models.CharField(max_length=32, unique=True)
    # Ever-growing number of the write that last changed this row; the index is complete up to one.
    changed = models.BigIntegerField(unique=True)
    # Of the line it was imported from, so that the same line can be passed over unread. 0: unknown.
    fingerprint = models.BigIntegerField(default=0)
    title = models.TextField()
    abstract = models.TextField()
    authors = models.JSONField()
    categories = models.CharField(max_length=255)  # separated by spaces, the primary one first
    comments = models.TextField(blank=True)
    journal_ref = models.TextField(blank=True)
    doi = models.TextField(blank=True)
    report_no = models.TextField(blank=True)
    license = models.TextField(blank=True)
    submitter = models.TextField(blank=True)
    versions = models.JSONField()
    first_date = models.DateField()  # of version 1; never moves later
    last_date = models.DateField(db_index=True)  # of the newest version; finds a day's replacements
    announced = models.DateField(null=True)  # day on which arXiv listed it, where that is known
    withdrawn = models.BooleanField(default=False, db_default=False)  # by its authors
    updated = models.DateField(null=True)  # day on which arXiv last changed the record, if known
    deleted = models.DateField(null=True)  # day on which arXiv took the record away altogether

    class Meta:
        app_label = "bookwheel"
        # Few papers have one; finds those that a bibliography means.
        indexes = [
            models.Index(Lower("doi"), condition=~models.Q(doi=""), name="papers_by_doi"),
        ]

    def __str__(self) -> str:
        return self.arxiv_id

    @property
    def primary(self) -> str:
        """The primary category."""
        return self.categories.partition(" ")[0]

    @property
    def listed(self) -> date:
        """The day in whose listing it first was: as announced, or else by arXiv's clock."""
        return self.announced or listing_of_paper(self.first_date, self.versions[0][1])
