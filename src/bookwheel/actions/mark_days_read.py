"""Mark days read: the rest of one, or all that came during an absence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from bookwheel.actions.record_change import record_change
from bookwheel.models import Change, DayRead, Paper, Reader, Reading

MOST = 2000  # papers besides the new ones: what is for a reader of replacements is far fewer


@transaction.atomic
def mark_days_read(
    reader: Reader, days: Iterable[date], papers: Iterable[int] = ()
) -> Change | None:
    """All papers that were new on these days are read, and of others (by number) those given.

    What was said of a single paper stays, such as that it is for later. None when nothing changes.
    """
    last: int = Paper.objects.aggregate(last=Max("pk"))["last"] or 0
    wanted = sorted(set(days))
    before = dict(reader.days_read.filter(day__in=wanted).values_list("day", "last_paper"))
    fresh = [day for day in wanted if before.get(day, -1) < last]
    DayRead.objects.bulk_create(
        [DayRead(reader=reader, day=day, last_paper=last) for day in fresh],
        update_conflicts=True,
        unique_fields=["reader", "day"],
        update_fields=["last_paper"],
    )
    read = _read(reader, list(papers)[:MOST])
    if not fresh and not read:
        return None
    return record_change(
        reader,
        "mark_days_read",
        taste=False,
        days={day.isoformat(): before.get(day) for day in fresh},
        papers=read,
    )


def _read(reader: Reader, papers: list[int]) -> list[int]:
    """Mark single papers; gives those of which nothing had been said."""
    said = set(reader.readings.filter(paper__in=papers).values_list("paper_id", flat=True))
    fresh = [paper for paper in dict.fromkeys(papers) if paper not in said]
    Reading.objects.bulk_create(
        Reading(reader=reader, paper_id=paper, state=Reading.State.READ) for paper in fresh
    )
    return fresh


def undo(reader: Reader, before: dict[str, Any]) -> None:
    """Everything is as unread as it was."""
    for day, last in before["days"].items():
        mine = reader.days_read.filter(day=day)
        mine.update(last_paper=last) if last is not None else mine.delete()
    reader.readings.filter(paper__in=before["papers"], state=Reading.State.READ).delete()
