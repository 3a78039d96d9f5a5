"""Why a day's list is short or empty, so that it never just is.

Leaves out the words: a code and what belongs to it, for a page or a mail to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bookwheel.arxiv import schedule
from bookwheel.queries.judged import Judged

FEW = 4  # times fewer than usual is few
USUAL = 20  # papers; where there are usually fewer, nothing can be said


@dataclass(frozen=True)
class Lack:
    """One reason.

    code: of a day without papers "weekend", "holiday", "not_yet", "behind" or "missing"; of a list
    "few", "filtered", "no_source", "all_read", "no_tags", "not_indexed" or "below_line".
    """

    code: str
    count: int = 0  # few: papers of the day; below_line: papers below it
    usual: int = 0
    best: float = 0.0
    line: float = 0.0


def of_day(day: date, *, announced: int, usual: int, newest: date, now: datetime) -> list[Lack]:
    """Why so few papers were announced, if they are few."""
    if announced:
        few = usual >= USUAL and announced * FEW < usual
        return [Lack("few", announced, usual)] if few else []
    if not schedule.is_listing(day):
        return [Lack("weekend" if day.weekday() > 4 else "holiday")]
    if schedule.announced_at(day) > now:
        return [Lack("not_yet")]
    return [Lack("behind" if day > newest else "missing")]


def of_list(
    judged: Judged,
    *,
    shown: int,
    source: bool = False,
    unread: bool = False,
    filtered: bool = False,
) -> list[Lack]:
    """Why a list shows nothing; what the reader chose is named before what there is."""
    return list(_of_list(judged, shown, source, unread, filtered))[:1]


def _of_list(
    judged: Judged, shown: int, source: bool, unread: bool, filtered: bool
) -> Iterator[Lack]:
    if judged.interests and not judged.sources:
        yield Lack("not_indexed")
    if not judged.ranked and not judged.interests:
        yield Lack("no_tags")
    if shown:
        return
    if filtered and not len(judged.papers):
        yield Lack("filtered")
    if unread and judged.mine.any():
        yield Lack("all_read")
    if source and judged.mine.any():
        yield Lack("no_source")
    yield Lack(
        "below_line",
        count=len(judged.papers),
        best=float(judged.chance.max(initial=0.0)),
        line=judged.line,
    )
