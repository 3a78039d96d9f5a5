"""Store papers: new ones are added, known ones brought up to date, equal ones left alone.

What a record says replaces what is stored, except that

- a record that knows fewer versions than are stored is older and replaces nothing;
- the first date never moves later, and a known announcement day stays;
- what the record leaves empty (licence, comments, DOI and so on) stays as it is known.

Leaves out: where papers come from (`import_papers.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from bookwheel.core.papers import Paper

_KEPT_WHEN_EMPTY = ("comments", "journal_ref", "doi", "report_no", "license", "submitter")


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
    first_date: str
    last_date: str
    announced: str | None


@dataclass
class Stored:
    """What became of some papers."""

    new: int = 0
    changed: int = 0
    same: int = 0
    last: int = 0  # `changed` of the newest row in the table


_COLUMNS = ", ".join(Row._fields)
# Read as text: the drivers' own types for days and JSON differ, and cost more than they give here.
_AS_TEXT = ", ".join(
    f"CAST({name} AS text)" if name in ("first_date", "last_date", "announced") else name
    for name in Row._fields
)
_PLACES = ", ".join(["%s"] * len(Row._fields))
_INSERT = f"INSERT INTO bookwheel_paper ({_COLUMNS}, id, changed) VALUES ({_PLACES}, %s, %s)"  # noqa: S608
_UPDATE = f"UPDATE bookwheel_paper SET ({_COLUMNS}, changed) = ({_PLACES}, %s) WHERE id = %s"  # noqa: S608


def row_of(paper: Paper, fingerprint: int) -> Row:
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
        paper.first_date.isoformat(),
        paper.last_date.isoformat(),
        paper.announced.isoformat() if paper.announced else None,
    )


def store_papers(rows: Sequence[Row]) -> Stored:
    """Store rows, all or none; of several with one identifier each is applied in turn.

    The transaction takes the one write lock of SQLite before it reads (`BEGIN IMMEDIATE`, see the
    settings), so importers take turns: what is read here stays true until the commit, numbers can
    be given out by counting on, and `changed` grows in the order of commits, which is what lets the
    index follow the table. On PostgreSQL locking the table does the same.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE bookwheel_paper IN SHARE ROW EXCLUSIVE MODE")
        known = _known(cursor, [row.arxiv_id for row in rows])
        outcome, latest = _settle(rows, {arxiv_id: row for arxiv_id, (_, row) in known.items()})
        cursor.execute(
            "SELECT COALESCE(MAX(id), 0), COALESCE(MAX(changed), 0) FROM bookwheel_paper"
        )
        last_id, outcome.last = cursor.fetchone()
        numbered = list(enumerate(latest.values(), outcome.last + 1))
        added = ((row, changed) for changed, row in numbered if row.arxiv_id not in known)
        cursor.executemany(
            _INSERT, [(*row, n, changed) for n, (row, changed) in enumerate(added, last_id + 1)]
        )
        cursor.executemany(
            _UPDATE,
            [(*row, n, known[row.arxiv_id][0]) for n, row in numbered if row.arxiv_id in known],
        )
        outcome.last += len(numbered)
    return outcome


def _settle(rows: Iterable[Row], known: dict[str, Row]) -> tuple[Stored, dict[str, Row]]:
    """Count what happens, and the rows to write in the end, by identifier."""
    outcome, latest = Stored(), dict[str, Row]()
    for row in rows:
        stored = latest.get(row.arxiv_id) or known.get(row.arxiv_id)
        merged = _merge(stored, row) if stored else row
        if stored is None:
            outcome.new += 1
        elif merged == stored:
            outcome.same += 1
            continue
        else:
            outcome.changed += 1
        latest[row.arxiv_id] = merged
    return outcome, latest


def _merge(stored: Row, row: Row) -> Row:
    """What is to be stored after `row` came in; `stored` itself when that is nothing new."""
    newer = _versions(row) >= _versions(stored)
    kept = {name: getattr(stored, name) for name in _KEPT_WHEN_EMPTY if not getattr(row, name)}
    merged = (row._replace(**kept) if newer else stored)._replace(
        first_date=min(stored.first_date, row.first_date),
        announced=stored.announced or row.announced,
    )
    return stored if merged._replace(fingerprint=stored.fingerprint) == stored else merged


def _versions(row: Row) -> int:
    number: int = orjson.loads(row.versions)[-1][0]
    return number


def _known(cursor: CursorWrapper, ids: list[str]) -> dict[str, tuple[int, Row]]:
    """The stored papers among `ids`, with their numbers."""
    return {
        row[1]: (row[0], _normal(Row(*row[1:]))) for row in _select(cursor, f"id, {_AS_TEXT}", ids)
    }


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
    places = ", ".join(["%s"] * len(ids))
    cursor.execute(
        f"SELECT {columns} FROM bookwheel_paper WHERE arxiv_id IN ({places})",  # noqa: S608
        ids,
    )
    return iter(cursor.fetchall())
