"""Store papers: new ones are added, known ones brought up to date, equal ones left alone.

What a record says replaces what is stored, except that

- an older record replaces nothing: one that knows fewer versions than are stored or, with as many,
  was changed (or deleted) by arXiv on an earlier day;
- the first date never moves later, and known versions and a known announcement day stay;
- what the record leaves empty (licence, comments, DOI and so on) stays as it is known.

What a paper said in a version that is not the latest any more is kept as a `Revision`.

Leaves out: where papers come from (`import_papers.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from bookwheel.core import papers
from bookwheel.models import Paper, Revision

_DAYS = ("first_date", "last_date", "announced", "updated", "deleted")
_KEPT_WHEN_EMPTY = (
    "comments",
    "journal_ref",
    "doi",
    "report_no",
    "license",
    "submitter",
    "updated",
)


class Row(NamedTuple):
    """A paper as the table holds it: JSON as text, days in ISO form, in the order of the SQL."""

    arxiv_id: str
    fingerprint: int
    title: str
    abstract: str
    authors: str
    categories: str
    comments: str
    journal_ref: str
    doi: str
    report_no: str
    license: str
    submitter: str
    versions: str
    withdrawn: bool
    first_date: str
    last_date: str
    announced: str | None
    updated: str | None
    deleted: str | None = None  # a record that comes later than this brings the paper back


class Known(NamedTuple):
    """A paper in the table."""

    id: int
    row: Row


class Stored(NamedTuple):
    """What became of some records."""

    new: int
    changed: int
    same: int
    last: int  # `changed` of the newest row in the table


_COLUMNS = ", ".join(Row._fields)
# Read as text: the drivers' own types for days and JSON differ, and cost more than they give here.
_AS_TEXT = ", ".join(f"CAST({name} AS text)" if name in _DAYS else name for name in Row._fields)
_PLACES = ", ".join(["%s"] * len(Row._fields))
_INSERT = f"INSERT INTO bookwheel_paper ({_COLUMNS}, id, changed) VALUES ({_PLACES}, %s, %s)"  # noqa: S608
_UPDATE = f"UPDATE bookwheel_paper SET ({_COLUMNS}, changed) = ({_PLACES}, %s) WHERE id = %s"  # noqa: S608


def row_of(paper: papers.Paper, fingerprint: int) -> Row:
    """A paper ready for the table."""
    authors = [[author.family, author.given, author.suffix] for author in paper.authors]
    versions = [[version.number, version.created] for version in paper.versions]
    return Row(
        paper.arxiv_id,
        fingerprint,
        paper.title,
        paper.abstract,
        orjson.dumps(authors).decode(),
        " ".join(paper.categories),
        paper.comments,
        paper.journal_ref,
        paper.doi,
        paper.report_no,
        paper.license,
        paper.submitter,
        orjson.dumps(versions).decode(),
        paper.withdrawn,
        paper.first_date.isoformat(),
        paper.last_date.isoformat(),
        paper.announced.isoformat() if paper.announced else None,
        paper.updated.isoformat() if paper.updated else None,
    )


def store_papers(rows: Sequence[Row]) -> Stored:
    """Store rows, all or none; several with one identifier are applied in turn and written once.

    The transaction takes the one write lock of SQLite before it reads (`BEGIN IMMEDIATE`, see the
    settings), so importers take turns: what is read here stays true until the commit, numbers can
    be given out by counting on, and `changed` grows in the order of commits, which is what lets the
    index follow the table. On PostgreSQL locking the table does the same.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE bookwheel_paper IN SHARE ROW EXCLUSIVE MODE")
        known = _known(cursor, [row.arxiv_id for row in rows])
        cursor.execute(
            "SELECT COALESCE(MAX(id), 0), COALESCE(MAX(changed), 0) FROM bookwheel_paper"
        )
        last_id, last = cursor.fetchone()
        settled, passed = _settle(rows, known)
        written = list(enumerate(settled, last + 1))
        added = [(row, n) for n, row in written if row.arxiv_id not in known]
        updated = [(row, n) for n, row in written if row.arxiv_id in known]
        cursor.executemany(
            _INSERT, [(*row, number, n) for number, (row, n) in enumerate(added, last_id + 1)]
        )
        cursor.executemany(_UPDATE, [(*row, n, known[row.arxiv_id].id) for row, n in updated])
        _keep(passed)
    return Stored(len(added), len(updated), len(rows) - len(written), last + len(written))


def _settle(rows: Iterable[Row], known: dict[str, Known]) -> tuple[list[Row], list[Row]]:
    """The rows to write in the end, and those whose version was passed by a newer one."""
    before = {arxiv_id: paper.row for arxiv_id, paper in known.items()}
    after: dict[str, Row] = {}
    passed: list[Row] = []
    for row in rows:
        stored = after.get(row.arxiv_id) or before.get(row.arxiv_id)
        merged = _merge(stored, row) if stored else row
        if stored and _latest(merged) > _latest(stored):
            passed.append(stored)
        elif stored and _latest(row) < _latest(stored):
            passed.append(row)
        after[row.arxiv_id] = merged
    return [row for arxiv_id, row in after.items() if row != before.get(arxiv_id)], passed


def _keep(passed: list[Row]) -> None:
    """Keep what versions said; what is kept of a version already stays."""
    names = {row.arxiv_id for row in passed}
    numbers = dict(Paper.objects.filter(arxiv_id__in=names).values_list("arxiv_id", "pk"))
    Revision.objects.bulk_create(
        [
            Revision(
                paper_id=numbers[row.arxiv_id],
                number=_latest(row),
                title=row.title,
                abstract=row.abstract,
                authors=orjson.loads(row.authors),
                categories=row.categories,
                comments=row.comments,
            )
            for row in passed
        ],
        ignore_conflicts=True,
    )


def _latest(row: Row) -> int:
    """Number of the latest version."""
    return int(orjson.loads(row.versions)[-1][0])


def _merge(stored: Row, row: Row) -> Row:
    """What is to be stored after `row` came in; `stored` itself when that is nothing new."""
    kept = {name: getattr(stored, name) for name in _KEPT_WHEN_EMPTY if not getattr(row, name)}
    older = _is_older(row, stored)
    merged = (stored if older else row._replace(**kept))._replace(
        versions=_together(row, stored) if older else _together(stored, row),
        first_date=min(stored.first_date, row.first_date),
        announced=stored.announced or row.announced,
    )
    return stored if merged._replace(fingerprint=stored.fingerprint) == stored else merged


def _together(one: Row, other: Row) -> str:
    """The versions that either knows; where both know one, as `other` says."""
    versions = dict(orjson.loads(one.versions)) | dict(orjson.loads(other.versions))
    return orjson.dumps(sorted(versions.items())).decode()


def _is_older(row: Row, stored: Row) -> bool:
    if _latest(row) != _latest(stored):
        return _latest(row) < _latest(stored)
    since = stored.deleted or stored.updated
    return bool(since and row.updated and row.updated < since)


def _known(cursor: CursorWrapper, ids: list[str]) -> dict[str, Known]:
    """The stored papers among `ids`."""
    found = _select(cursor, f"id, {_AS_TEXT}", ids)
    return {row[1]: Known(row[0], _normal(Row(*row[1:]))) for row in found}


def _normal(row: Row) -> Row:
    """With JSON written as we write it, whatever the database made of it."""
    return row._replace(authors=_json(row.authors), versions=_json(row.versions))


def _json(text: str) -> str:
    return orjson.dumps(orjson.loads(text)).decode()


def fingerprints(ids: list[str]) -> dict[str, tuple[int, str | None]]:
    """Fingerprint and announcement day of the stored papers among `ids`."""
    with connection.cursor() as cursor:
        found = _select(cursor, "arxiv_id, fingerprint, CAST(announced AS text)", ids)
        return {arxiv_id: (number, day) for arxiv_id, number, day in found}


def _select(cursor: CursorWrapper, columns: str, ids: list[str]) -> Iterator[Any]:
    if not ids:  # PostgreSQL takes no empty list
        return iter(())
    places = ", ".join(["%s"] * len(ids))
    cursor.execute(
        f"SELECT {columns} FROM bookwheel_paper WHERE arxiv_id IN ({places})",  # noqa: S608
        ids,
    )
    return iter(cursor.fetchall())
