"""Bring the index up to the database: read the papers that changed, encode, commit.

Only papers written since the last commit are read, in the order in which they were written; so the
work can be stopped anywhere and goes on from the last commit. Two builds take turns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from multiprocessing.synchronize import Event
from typing import Any

import orjson
from django.db import connection
from django.db.models import Max

from bookwheel.actions.place_awaited import place_awaited
from bookwheel.arxiv.schedule import listing_of_paper
from bookwheel.config import config
from bookwheel.errors import DataFolderError
from bookwheel.index import encoders
from bookwheel.index.writer import FULL, IndexedPaper, IndexWriter
from bookwheel.models import Paper

BATCH = 2048  # papers encoded together
_EPOCH = date(1970, 1, 1).toordinal()
_PAUSE = 0.2  # seconds between looks at a database that is being filled

Progress = Callable[[int, int], None]  # papers done, papers to do


def build_index(progress: Progress | None = None, *, rebuild: bool = False) -> int:
    """Index what changed; with `rebuild` everything, beside the index in use. Returns papers added.

    Raises:
        DataFolderError: the disk is full or read-only; the index in use is untouched.
        IndexDamagedError: the index cannot be extended; `rebuild` can always be tried.
    """
    return _build(progress, rebuild=rebuild, more=lambda: False)


def follow(finished: Event, progress: Progress | None = None) -> int:
    """Index papers while another process imports them, to its end. Returns papers added."""
    return _build(progress, rebuild=False, more=lambda: not finished.is_set())


def _build(progress: Progress | None, *, rebuild: bool, more: Callable[[], bool]) -> int:
    try:
        with IndexWriter(config().index, encoders.wanted(), rebuild=rebuild) as writer:
            added = _Build(writer, progress, rebuild=rebuild).run(more)
        place_awaited()
        return added
    except OSError as error:
        raise DataFolderError(
            f"The index could not be written ({error}). The papers are safe and the index in use "
            "is as it was. Make room or fix the permissions of the data folder, then run "
            "`bookwheel index`."
        ) from error


class _Build:
    """One pass from what the index holds to what the database holds."""

    def __init__(self, writer: IndexWriter, progress: Progress | None, *, rebuild: bool) -> None:
        self._writer = writer
        self._rebuild = rebuild
        self._changed = writer.manifest.changed
        self._progress = progress or (lambda _done, _total: None)
        self._done = 0

    def run(self, more: Callable[[], bool]) -> int:
        while True:
            going_on = more()  # asked before the read, so that nothing written before is missed
            if batch := _read(self._changed):
                self._add(batch)
            elif going_on:
                time.sleep(_PAUSE)
            else:
                break
        if self._writer.pending or self._rebuild or not self._writer.manifest.generation:
            self._writer.commit(self._changed)
        return self._done

    def _add(self, batch: list[IndexedPaper]) -> None:
        self._writer.add(batch)
        self._changed = batch[-1].changed
        self._done += len(batch)
        self._progress(self._done, self._done + _waiting(self._changed))
        if self._writer.pending >= FULL:
            if self._rebuild:  # the index in use stays in force until the new one is whole
                self._writer.flush()
            else:
                self._writer.commit(self._changed)


def _waiting(changed: int) -> int:
    """About how many papers are still to be read: writes are numbered without gaps."""
    last: int | None = Paper.objects.aggregate(last=Max("changed"))["last"]
    return max((last or 0) - changed, 0)


_READ = """
    SELECT id, changed, arxiv_id, title, abstract, authors, categories,
           first_date, announced, versions, deleted, withdrawn
    FROM bookwheel_paper WHERE changed > %s ORDER BY changed LIMIT %s
"""


def _read(changed: int) -> list[IndexedPaper]:
    """The next batch, straight from the database: model instances would cost more than encoding."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [changed, BATCH])
        return [_indexed(row) for row in cursor.fetchall()]


def _indexed(row: tuple[Any, ...]) -> IndexedPaper:
    number, changed, arxiv_id, title, abstract, authors, categories, *rest = row
    first, announced, told, deleted, withdrawn = rest
    versions = _json(told)
    return IndexedPaper(
        number=number,
        changed=changed,
        arxiv_id=arxiv_id,
        title=title,
        abstract=abstract,
        authors=_json(authors),
        categories=categories,
        day=_day(announced or listing_of_paper(first, versions[0][1])),
        replaced=len(versions) > 1,
        deleted=deleted is not None,
        withdrawn=bool(withdrawn),
    )


def _json(value: Any) -> Any:
    """SQLite hands JSON out as text, PostgreSQL already parsed."""
    return orjson.loads(value) if isinstance(value, str | bytes) else value


_days: dict[str, int] = {}


def _day(value: date | str) -> int:
    """Days since 1970-01-01; SQLite hands dates out as text in raw queries."""
    if isinstance(value, date):
        return value.toordinal() - _EPOCH
    if value not in _days:
        _days[value] = date.fromisoformat(value).toordinal() - _EPOCH
    return _days[value]
