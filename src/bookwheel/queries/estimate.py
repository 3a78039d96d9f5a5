"""What following some fields from a day on takes: records, time, disk.

Sources: arXiv's own counts of 2026 (1,400 new papers a day of announcements, 30,000 a month), about
as many changed records again and a half; this program's figures on disk in `docs/operating.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from bookwheel.core import categories
from bookwheel.errors import IndexDamagedError, IndexMissingError
from bookwheel.queries.statistics import statistics

NEW = 1400  # papers on a day of announcements
CHANGED = 2.5  # records that change for each new paper, itself included
DAYS = 250 / 365  # of a year on which something is announced
PAGE, PAGE_SECONDS = 1000, 12.0  # records of a page, and how long arXiv takes for one
PAPER = 3600  # bytes of a paper on disk, with its place in the index
_ENOUGH = 2000  # papers from which to tell the share of a field
_TAXONOMY_SHARE = 0.02  # of one category where that cannot be told


@dataclass(frozen=True)
class Estimate:
    """About how much."""

    records: int
    seconds: float
    bytes: float
    daily: int  # new papers on a day of announcements


def estimate(wanted: Sequence[str], since: date) -> Estimate:
    """For records changed since a day, in some categories and archives; none means all."""
    days = max((timezone.now().date() - since).days, 0) * DAYS
    part = share(wanted)
    records = int(days * NEW * CHANGED * part)
    return Estimate(
        records=records,
        seconds=max(records / PAGE, 1) * PAGE_SECONDS,
        bytes=records * PAPER,
        daily=round(NEW * part),
    )


def share(wanted: Sequence[str]) -> float:
    """Which part of arXiv's papers some fields are, told from the papers that are here."""
    if not wanted:
        return 1.0
    try:
        found = statistics(None)
    except (IndexMissingError, IndexDamagedError):
        return min(_TAXONOMY_SHARE * len(wanted), 1.0)
    if found.total < _ENOUGH:
        return min(_TAXONOMY_SHARE * len(wanted), 1.0)
    inside = sum(
        count
        for code, count in found.by_category
        if any(categories.within(code, one) for one in wanted)
    )
    return min(inside / found.total, 1.0)
