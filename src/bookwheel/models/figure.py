"""A figure of a full text: what it says, what it looks like, and where its pictures are."""

from __future__ import annotations

from django.db import models

from bookwheel.models.full_text import FullText
from bookwheel.models.paper import Paper


class Figure(models.Model):
    """One float of one version. Without a picture that can be shown, `picture` is empty."""

    text = models.ForeignKey(FullText, on_delete=models.CASCADE, related_name="figures")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="figures")
    block = models.CharField(max_length=64)  # its id in the document
    place = models.PositiveSmallIntegerField()  # its order in the document
    label = models.CharField(max_length=64, blank=True)  # "Figure 3", as printed
    caption = models.TextField(blank=True)
    kind = models.CharField(max_length=16, blank=True)  # `content.figures.FigureKind`
    colours = models.CharField(max_length=64, blank=True)  # "#rrggbb", separated by spaces
    picture = models.CharField(max_length=128, blank=True)  # file beside the document
    width = models.PositiveIntegerField(default=0)  # pixels of it
    height = models.PositiveIntegerField(default=0)
    small = models.CharField(max_length=128, blank=True)  # file of the small picture
    small_width = models.PositiveSmallIntegerField(default=0)
    small_height = models.PositiveSmallIntegerField(default=0)
    look = models.BinaryField(blank=True)  # `content.figures.Look.packed`

    class Meta:
        app_label = "bookwheel"
        constraints = [
            models.UniqueConstraint(fields=["text", "block"], name="one_figure_of_a_block")
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.label or self.block}"
