"""Say what is wanted of a source, and from when on. Without a word, the last days of all of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bookwheel.models import Paper, Source, Stretch

ARXIV = "arxiv"
USUAL = timedelta(days=7)  # how far back a Bookwheel goes that was told nothing
RECENT = timedelta(days=90)  # how far back it goes to the newest record that it has


def follow_source(name: str, *, categories: Iterable[str], since: date) -> Source:
    """Want records changed on a day or later, in some categories or archives; none means all.

    What was read already is read again where that was less than is wanted now.
    """
    wanted = " ".join(dict.fromkeys(categories))
    with transaction.atomic():
        source = Source.objects.select_for_update().filter(name=name).first()
        if source is None:
            return Source.objects.create(name=name, categories=wanted, since=since)
        if since < source.since or wanted != source.categories:
            Stretch.objects.filter(source=name).delete()
        source.categories, source.since = wanted, since
        source.save()
        return source


def followed(name: str = ARXIV) -> Source:
    """A source as it is wanted; where nobody said anything, followed from now on."""
    source, _ = Source.objects.get_or_create(name=name, defaults={"since": usual_start(name)})
    return source


def usual_start(name: str = ARXIV) -> date:
    """The day of arXiv's newest record here; a week ago for others, and if that is long ago."""
    today = timezone.now().date()
    if name != ARXIV:
        return today - USUAL
    newest: date | None = Paper.objects.aggregate(newest=Max("updated"))["newest"]
    return newest if newest and newest > today - RECENT else today - USUAL


def go_on_after_import(categories: Iterable[str]) -> None:
    """After a dump was imported: follow arXiv from its newest record on, in its categories.

    What is followed already stays so; it only begins earlier where the dump ends earlier.
    """
    newest: date | None = Paper.objects.aggregate(newest=Max("updated"))["newest"]
    source = Source.objects.filter(name=ARXIV).first()
    if newest and source is None:
        follow_source(ARXIV, categories=categories, since=newest)
    elif newest and source and newest < source.since:
        follow_source(ARXIV, categories=source.categories.split(), since=newest)
