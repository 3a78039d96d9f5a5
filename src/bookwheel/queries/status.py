"""What is there: papers, days, index, disk; and whether database and index agree."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from django.db.models import Count, Max

from bookwheel.config import config
from bookwheel.errors import BookwheelError, IndexDamagedError, IndexMissingError
from bookwheel.index import manifest
from bookwheel.index.manifest import Manifest
from bookwheel.models import Paper, Reader
from bookwheel.queries.engine import engine

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Status:
    """The state of a data folder. Sizes are bytes, days ISO; None where there is nothing yet."""

    data: str
    papers: int
    last_day: str | None
    indexed: int
    waiting: int  # papers written and not yet searchable
    generation: int
    database_bytes: int
    index_bytes: int
    free_bytes: int
    readers: int


def status() -> Status:
    """Count and measure; reads no paper."""
    folder = config().data
    found, last_day = _index()
    counts = Paper.objects.aggregate(papers=Count("id"), last=Max("changed"))
    return Status(
        data=str(folder),
        papers=counts["papers"],
        last_day=last_day,
        indexed=found.rows,
        waiting=max((counts["last"] or 0) - found.changed, 0),
        generation=found.generation,
        database_bytes=sum(path.stat().st_size for path in folder.glob("bookwheel.sqlite3*")),
        index_bytes=_size(config().index),
        free_bytes=shutil.disk_usage(folder).free,
        readers=Reader.objects.count(),
    )


def _index() -> tuple[Manifest, str | None]:
    try:
        found = manifest.load(config().index)
        columns = engine().columns
    except (IndexMissingError, IndexDamagedError):
        return Manifest(), None
    if not len(columns.newest):
        return found, None
    day = _EPOCH + timedelta(days=int(columns.days[columns.newest[0]]))
    return found, day.isoformat()


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def problems() -> list[str]:
    """Where database and index disagree, each with what to do; empty when all is well."""
    try:
        opened = engine()
    except BookwheelError as error:
        return [str(error)]
    found = []
    held = np.fromiter(Paper.objects.values_list("id", flat=True).order_by("id"), np.int64)
    indexed = np.sort(opened.columns.papers[opened.columns.live])
    if missing := len(np.setdiff1d(held, indexed)):
        found.append(f"{missing:,} papers are not in the index. `bookwheel index` adds them.")
    if stray := len(np.setdiff1d(indexed, held)):
        found.append(
            f"{stray:,} papers in the index are not in the database. "
            "`bookwheel index --rebuild` makes the index anew."
        )
    if len(indexed) != len(np.unique(indexed)):
        found.append("Papers are in the index twice. `bookwheel index --rebuild` makes it anew.")
    last = Paper.objects.aggregate(last=Max("changed"))["last"] or 0
    if not missing and last > opened.manifest.changed:
        found.append("Papers changed since the index was built. `bookwheel index` updates it.")
    if lost := opened.missing_words():
        found.append(
            f"The words of {lost:,} papers are missing or there twice. "
            "`bookwheel index --rebuild` makes them anew."
        )
    return found
