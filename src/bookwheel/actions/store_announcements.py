"""Store announcements: which papers were in which day's listing, and as what.

Of several words on one paper and day the strongest stays. The first listing of a paper as new
becomes the paper's own day, unless that is known. Can run again; leaves out papers not held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max

from bookwheel.arxiv.announced import KINDS, Announced
from bookwheel.models import Announcement, Paper

BATCH = 2000  # announcements of a transaction, so that others can write in between
_STRENGTH = {kind: place for place, kind in enumerate(KINDS)}


@dataclass
class StoredAnnouncements:
    """What became of them."""

    stored: int = 0  # that were not there, or weaker
    dated: int = 0  # papers whose day became known; the index is to be brought up to date
    unknown: int = 0  # of papers that are not held


def store_announcements(told: Iterable[Announced]) -> StoredAnnouncements:
    """Store them, batch by batch."""
    result = StoredAnnouncements()
    for batch in _batches(iter(told)):
        with transaction.atomic():
            _store(batch, result)
    return result


def _batches(told: Iterator[Announced]) -> Iterator[list[Announced]]:
    while batch := list(islice(told, BATCH)):
        yield batch


def _store(batch: Sequence[Announced], result: StoredAnnouncements) -> None:
    if connection.vendor == "postgresql":  # SQLite's transactions begin with the lock
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE bookwheel_paper IN SHARE ROW EXCLUSIVE MODE")
    papers = Paper.objects.filter(arxiv_id__in={one.arxiv_id for one in batch})
    known = {
        arxiv_id: (pk, day)
        for arxiv_id, pk, day in papers.values_list("arxiv_id", "pk", "announced")
    }
    held = [one for one in batch if one.arxiv_id in known]
    result.unknown += len(batch) - len(held)
    wanted = _strongest((known[one.arxiv_id][0], one.day, one.kind) for one in held)
    result.stored += _write(wanted)
    undated = [one for one in held if one.kind == KINDS[0] and known[one.arxiv_id][1] is None]
    result.dated += _date({known[one.arxiv_id][0]: one.day for one in _latest_first(undated)})


def _strongest(told: Iterable[tuple[int, date, str]]) -> dict[tuple[int, date], str]:
    found: dict[tuple[int, date], str] = {}
    for paper, day, kind in told:
        before = found.get((paper, day), kind)
        found[paper, day] = min(before, kind, key=_STRENGTH.__getitem__)
    return found


def _write(wanted: dict[tuple[int, date], str]) -> int:
    papers, days = {paper for paper, _ in wanted}, {day for _, day in wanted}
    there = Announcement.objects.filter(paper__in=papers, day__in=days)
    stored = {(paper, day): kind for paper, day, kind in there.values_list("paper", "day", "kind")}
    rows = [
        Announcement(paper_id=paper, day=day, kind=kind)
        for (paper, day), kind in wanted.items()
        if _STRENGTH[kind] < _STRENGTH.get(stored.get((paper, day), ""), len(KINDS))
    ]
    Announcement.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["day", "paper"], update_fields=["kind"]
    )
    return len(rows)


def _latest_first(told: list[Announced]) -> list[Announced]:
    return sorted(told, key=lambda one: one.day, reverse=True)  # so that the first day is written


def _date(days: dict[int, date]) -> int:
    """Give papers their day, and number the change, so that the index follows."""
    last: int = Paper.objects.aggregate(last=Max("changed"))["last"] or 0
    rows = [(day.isoformat(), last + n, paper) for n, (paper, day) in enumerate(days.items(), 1)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE bookwheel_paper SET (announced, changed) = (%s, %s) WHERE id = %s", rows
        )
    return len(rows)
