"""A reader: the person who tags, likes and hides."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

LINE = 0.4


class Density(models.TextChoices):
    """How much of each paper a list shows."""

    TITLES = "titles", _("titles")
    SENTENCES = "sentences", _("titles with a key sentence")
    CARDS = "cards", _("full cards")


class Theme(models.TextChoices):
    """Colours of the pages."""

    SYSTEM = "system", _("as the system")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


class Reader(AbstractUser):
    """An account. The reader alone on loopback is one too, without a usable password."""

    density = models.CharField(max_length=16, choices=Density.choices, default=Density.SENTENCES)
    theme = models.CharField(max_length=16, choices=Theme.choices, default=Theme.SYSTEM)
    time_zone = models.CharField(max_length=64, blank=True)  # empty: the one that the browser says
    line = models.FloatField(default=LINE)  # chance from which on a paper is for this reader
    shade = models.BooleanField(default=False)  # words on cards shaded by their share
    explore = models.PositiveSmallIntegerField(default=10)  # percent of a day from beyond the line
    learn_opens = models.BooleanField(default=False)  # opened papers are weak evidence
    figures = models.BooleanField(default=True, db_default=True)  # small pictures on cards
    # Grows with every like, hide or tagging, so that what was computed from them can be reused.
    taste_version = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "bookwheel"
