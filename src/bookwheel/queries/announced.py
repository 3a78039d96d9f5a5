"""What was announced on a day, as rows of the index, in arXiv's three sections.

A paper's first listing stands in the index. Cross-lists are known only where announcements were
stored (`models/announcement.py`); on days without any, replacements are told by arXiv's clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from django.db.models import F, Max
from numpy.typing import NDArray

from bookwheel.arxiv import schedule
from bookwheel.config import config
from bookwheel.core import categories
from bookwheel.core.paper_ids import is_arxiv
from bookwheel.core.rxiv_taxonomy import SERVERS
from bookwheel.index import masks
from bookwheel.index.dates import EPOCH, day_number
from bookwheel.index.engine import Engine
from bookwheel.index.remembered import Remembered
from bookwheel.models import Announcement, Paper

NEW, CROSS, REPLACED = range(3)
SECTIONS = ("new", "cross", "replace")  # by their numbers, as addresses name them
_SECTION_OF = {
    Announcement.Kind.CROSS: CROSS,
    Announcement.Kind.REPLACE: REPLACED,
    Announcement.Kind.REPLACE_CROSS: REPLACED,
}


@dataclass(frozen=True)
class Contents:
    """Rows of one or more days; `sections` says of each whether it is new, cross or replaced."""

    days: tuple[date, ...]
    rows: NDArray[np.intp]
    sections: NDArray[np.int8]
    key: tuple[object, ...]  # equal for equal contents of one index

    def pick(self, mask: NDArray[np.bool_], key: object) -> Contents:
        """Some of the rows, under a key of their own."""
        chosen = replace(self, rows=self.rows[mask], sections=self.sections[mask])
        return replace(chosen, key=(*self.key, key))


_days: Remembered[Contents] = Remembered(64)
_others: Remembered[NDArray[np.bool_]] = Remembered(2)


def generation(opened: Engine) -> tuple[object, ...]:
    """What tells one state of one index from all others."""
    return str(config().index), opened.manifest.generation


def days_held(opened: Engine) -> NDArray[np.int32]:
    """Days that have new papers, newest first, counted from 1970-01-01."""
    return opened.columns.listings


def day_of(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(EPOCH + int(number))


def contents(opened: Engine, day: date) -> Contents:
    """All that was announced on a day: new papers first, in each section the last arrived first."""
    last = Announcement.objects.aggregate(last=Max("pk"))["last"]
    key = (*generation(opened), last, day)
    return _days.get(key, lambda: _contents(opened, day, key))


def _contents(opened: Engine, day: date, key: tuple[object, ...]) -> Contents:
    new = opened.columns.listed(day_number(day))
    told = _told(day)
    if not any(told[paper] == REPLACED for paper in arxiv_papers(opened, list(told))):
        told |= dict.fromkeys(_replaced(day), REPLACED)
    papers = np.array(sorted(told, key=lambda paper: (told[paper], -paper)), np.int64)
    others = opened.columns.rows_of(papers)
    sections = np.array([told[paper] for paper in papers.tolist()], np.int8)
    kept = (others >= 0) & ~np.isin(others, new)
    return Contents(
        days=(day,),
        rows=np.concatenate([new, others[kept]]),
        sections=np.concatenate([np.full(len(new), NEW, np.int8), sections[kept]]),
        key=key,
    )


def arxiv_papers(opened: Engine, papers: list[int]) -> list[int]:
    """Those of some papers that are arXiv's and in the index."""
    numbers = np.array(papers, np.int64)
    rows = opened.columns.rows_of(numbers)
    here = rows >= 0
    found: list[int] = numbers[here][~_elsewhere(opened)[rows[here]]].tolist()
    return found


def newest_listing(opened: Engine) -> date | None:
    """The last of arXiv's listings of which papers are here; other servers post on any day."""
    for number in days_held(opened).tolist():
        if not _elsewhere(opened)[opened.columns.listed(number)].all():
            return day_of(number)
    return None


def _elsewhere(opened: Engine) -> NDArray[np.bool_]:
    """Rows of papers that are not arXiv's, bool [rows]."""
    return _others.get(
        generation(opened), lambda: masks.in_categories(opened.columns, tuple(SERVERS))
    )


def _told(day: date) -> dict[int, int]:
    """Section by paper, of what arXiv announced besides new papers."""
    stored = Announcement.objects.filter(day=day).exclude(kind=Announcement.Kind.NEW)
    return {
        paper: _SECTION_OF[Announcement.Kind(kind)]
        for paper, kind in stored.values_list("paper_id", "kind")
    }


def _replaced(day: date) -> list[int]:
    """Papers whose newest version came in the time before the day's listing."""
    if not schedule.is_listing(day):
        return []
    start, end = schedule.window(day)
    near = Paper.objects.filter(
        last_date__range=(start.date(), end.date()), last_date__gt=F("first_date")
    )
    first, last = (moment.isoformat()[:19] for moment in (start, end))
    return [
        paper
        for paper, name, versions in near.values_list("pk", "arxiv_id", "versions")
        if len(versions) > 1 and is_arxiv(name) and first <= versions[-1][1][:19] < last
    ]


def in_category(opened: Engine, found: Contents, code: str) -> Contents:
    """What is in a category, as arXiv lists it there: new papers from elsewhere are cross-lists."""
    mask = masks.in_categories(opened.columns, (code,))[found.rows]
    inside = found.pick(mask, code)
    numbers = opened.columns.papers[inside.rows]
    primary = {
        paper
        for paper, codes in Paper.objects.filter(pk__in=numbers.tolist()).values_list(
            "pk", "categories"
        )
        if categories.within(codes.partition(" ")[0], code)
    }
    elsewhere = ~np.isin(numbers, list(primary)) & (inside.sections == NEW)
    return replace(inside, sections=np.where(elsewhere, CROSS, inside.sections).astype(np.int8))


def around(opened: Engine, day: date) -> tuple[date | None, date | None]:
    """The days with papers before and after a day."""
    held = days_held(opened)[::-1]
    number = day_number(day)
    before, after = np.searchsorted(held, number), np.searchsorted(held, number, side="right")
    return (
        day_of(held[before - 1]) if before > 0 else None,
        day_of(held[after]) if after < len(held) else None,
    )


def days_before(opened: Engine, day: date, count: int) -> list[date]:
    """So many days with papers before a day, the last one first."""
    held = days_held(opened)
    return [day_of(number) for number in held[held < day_number(day)][:count]]


def days_since(opened: Engine, day: date) -> list[date]:
    """Days with papers after a day, oldest first."""
    held = days_held(opened)
    return [day_of(number) for number in held[held > day_number(day)][::-1]]


def counts(opened: Engine, days: list[date]) -> list[int]:
    """How many papers were new on each day."""
    return [len(opened.columns.listed(day_number(day))) for day in days]


RECENT = timedelta(days=45)  # what a usual day has is told from so long a time before


def usual(opened: Engine, day: date) -> int:
    """How many papers are new on a usual day at that time: the median of the weeks before."""
    held = days_held(opened)
    number = day_number(day)
    near = held[(held < number) & (held >= number - RECENT.days)]
    sizes = [len(opened.columns.listed(int(one))) for one in near]
    return int(np.median(sizes)) if sizes else 0
