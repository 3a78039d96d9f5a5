"""Restore a reader's archive into an account that is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model

from bookwheel.actions.record_change import bump_taste
from bookwheel.actions.store_papers import row_of, store_papers
from bookwheel.core import papers as core
from bookwheel.core.paper_ids import parse_id
from bookwheel.errors import BookwheelError, InputError
from bookwheel.models import DayRead, Paper, Reader, TagSteering
from bookwheel.queries.archive import FORM, SETTINGS, renamed
from bookwheel.queries.owned import links, owned_tables, owner, plain_fields

_AT_ONCE = 500
_BROKEN = (AttributeError, LookupError, TypeError, ValueError, DatabaseError, ValidationError)
_Numbers = dict[str, dict[int, int]]  # table -> number in the archive -> number here


def restore_archive(reader: Reader, held: object) -> dict[str, int]:
    """Restore all or nothing, and say how many rows each table got. Papers come along.

    Raises:
        InputError: this is no archive, or the account is not new, or something in it is broken.
    """
    if not isinstance(held, dict) or held.get("bookwheel_archive") != FORM:
        raise InputError("This is no archive of Bookwheel's that this version can read.")
    for name, model in owned_tables().items():
        if name != "LastVisit" and model._default_manager.filter(**{owner(model): reader}).exists():
            raise InputError(
                f"{reader.username} has tags or papers already. An archive goes into a new "
                "account: `bookwheel user add` makes one."
            )
    try:
        with transaction.atomic():
            return _restore(reader, held)
    except BookwheelError:
        raise
    except _BROKEN as error:
        raise InputError(
            f"Something in this archive is broken ({error!r}). Nothing was changed."
        ) from error


def _restore(reader: Reader, held: dict[str, Any]) -> dict[str, int]:
    _store(held["papers"])
    papers = _papers(held["papers"])
    for name in SETTINGS:
        if name in held["reader"]:
            setattr(reader, name, held["reader"][name])
    reader.clean_fields(exclude=_blank(reader))
    reader.save(update_fields=[*SETTINGS])
    counts: dict[str, int] = {}
    numbers: _Numbers = {}
    later: list[Callable[[], None]] = []
    for name, model in owned_tables().items():
        rows = held["tables"].get(name, [])
        model._default_manager.filter(**{owner(model): reader}).delete()
        made = [_made(reader, model, dict(row), papers, numbers, later) for row in rows]
        counts[name] = sum(made)
    for put in later:
        put()
    bump_taste(reader)
    return counts


def _store(held: list[dict[str, Any]]) -> None:
    """Papers that are not here yet; what is known here stays as it is."""
    ids = [paper["arxiv_id"] for paper in held]
    known: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        part = Paper.objects.filter(arxiv_id__in=ids[start : start + _AT_ONCE])
        known.update(part.values_list("arxiv_id", flat=True))
    rows = [row_of(_paper(paper), 0) for paper in held if paper["arxiv_id"] not in known]
    if rows:
        store_papers(rows)


def _paper(said: dict[str, Any]) -> core.Paper:
    fields = dict(said)
    fields["arxiv_id"] = parse_id(said["arxiv_id"]).base
    fields["authors"] = tuple(core.Author(*name) for name in said["authors"])
    fields["categories"] = tuple(said["categories"].split())
    fields["versions"] = tuple(core.Version(*one) for one in said["versions"])
    for name in ("first_date", "last_date", "announced", "updated"):
        fields[name] = date.fromisoformat(said[name]) if said[name] else None
    return core.Paper(**fields)


def _papers(held: list[dict[str, Any]]) -> dict[str, int]:
    ids = [paper["arxiv_id"] for paper in held]
    found: dict[str, int] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = Paper.objects.filter(arxiv_id__in=ids[start : start + _AT_ONCE])
        found |= dict(part.values_list("arxiv_id", "pk"))
    return found


def _made(
    reader: Reader,
    model: type[Model],
    row: dict[str, Any],
    papers: dict[str, int],
    numbers: _Numbers,
    later: list[Callable[[], None]],
) -> int:
    """Make a row as it was, times included; what may name a row that comes later waits for it."""
    if model is DayRead:
        row["last_paper"] = papers.get(row["last_paper"], 0)
    if model is TagSteering:
        row["state"] = renamed(row["state"], papers)
    made = model(**{field.attname: _value(field, row) for field in plain_fields(model)})
    for link in links(model):
        old, there = row.get(link.attname), link.related_model.__name__
        if link.related_model is Reader:
            setattr(made, link.attname, reader.pk)
        elif link.related_model is Paper:
            setattr(made, link.attname, papers[str(old)])
        elif link.null and old is not None:
            later.append(partial(_put, made, link.attname, numbers, (there, old)))
        elif old is not None:
            setattr(made, link.attname, numbers[there][old])
    made.clean_fields(exclude=_blank(made))
    made.save_base(raw=True, force_insert=True)  # as it was: times of now are not written over it
    numbers.setdefault(model.__name__, {})[row["id"]] = made.pk
    return 1


def _blank(made: Model) -> set[str]:
    """Columns without a value: only forms mind them, and the database where it must."""
    return {
        field.name
        for field in made._meta.concrete_fields
        if getattr(made, field.attname) in (None, "", [], {})
    }


def _value(field: Any, row: dict[str, Any]) -> Any:
    if field.attname not in row:
        return field.get_default()
    value = row[field.attname]
    return value if field.get_internal_type() == "JSONField" else field.to_python(value)


def _put(made: Model, attname: str, numbers: _Numbers, at: tuple[str, int]) -> None:
    number = numbers[at[0]][at[1]]
    type(made)._default_manager.filter(pk=made.pk).update(**{attname: number})
