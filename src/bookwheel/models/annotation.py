"""What a reader marked in a paper and wrote beside it, and how far they have read."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bookwheel.models.paper import Paper

LONGEST_ID = 64  # characters of a block's id
HIGHLIGHTS = ("yellow", "green", "blue", "red")  # as the stylesheet paints them


class Annotation(models.Model):
    """A highlight, a note on a passage, or, without a quotation, a note on the whole paper.

    The passage is known by its words, what stands around them and where they stood, as the W3C's
    Web Annotation Data Model says (TextQuoteSelector, TextPositionSelector), so that it can be
    found again in another version.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="annotations"
    )
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="annotations")
    version = models.PositiveIntegerField()  # in which it was made
    block = models.CharField(max_length=LONGEST_ID, blank=True)
    start = models.PositiveIntegerField(default=0)  # characters into the block's text
    end = models.PositiveIntegerField(default=0)
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)  # some characters around the quotation
    after = models.TextField(blank=True)
    colour = models.PositiveSmallIntegerField(default=0)  # place in `HIGHLIGHTS`
    note = models.TextField(blank=True)  # Markdown with mathematics
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField()
    deleted = models.DateTimeField(null=True)

    class Meta:
        app_label = "bookwheel"
        indexes = [
            models.Index(fields=["reader", "paper"], name="annotations_of_a_paper"),
            models.Index(fields=["reader", "-changed"], name="annotations_by_time"),
        ]


class Place(models.Model):
    """Where in a full text a reader stopped."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="places"
    )
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="places")
    block = models.CharField(max_length=LONGEST_ID)  # the topmost one in sight
    share = models.FloatField()  # of the text that lies above, 0 to 1
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "bookwheel"
        constraints = [models.UniqueConstraint(fields=["reader", "paper"], name="one_place")]
