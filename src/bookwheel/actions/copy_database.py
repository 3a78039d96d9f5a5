"""Copy an installation's database into an empty one of the other kind, row for row.

Numbers, times and secrets stay as they are, so that the index, texts and links go on to fit. All is
written in one transaction and compared before it counts; the old database is only read.
Leaves out: what is not in the database (`index/`, full texts); and counters of rate limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.models import Field, JSONField, Model
from django.db.models.sql import InsertQuery

from bookwheel.errors import InputError
from bookwheel.models import Paper, Reader

OTHER = "other"  # Django's alias of the database that is written
BATCH = 500

Progress = Callable[[str, int, int], object]  # table, rows done, rows in all


@dataclass(frozen=True)
class Copied:
    """What was copied."""

    tables: int
    rows: int


def copy_database(entry: dict[str, Any], progress: Progress | None = None) -> Copied:
    """Copy all into the database that `entry` of `DATABASES` describes, and compare.

    Raises:
        InputError: it cannot be used, it is not empty, or what it gives back is not what it took.
    """
    tell = progress or (lambda _table, _done, _total: None)
    connections.settings[OTHER] = connections.configure_settings({"default": entry})["default"]
    try:
        _make_tables()
        return _copy_all(tell)
    except DatabaseError as error:
        raise InputError(f"The other database cannot be used: {error}") from error
    finally:
        connections[OTHER].close()
        del connections[OTHER], connections.settings[OTHER]


def _make_tables() -> None:
    call_command("migrate", database=OTHER, interactive=False, verbosity=0)
    call_command("createcachetable", database=OTHER, verbosity=0)
    if Reader.objects.using(OTHER).exists() or Paper.objects.using(OTHER).exists():
        raise InputError(
            "The other database has readers or papers already. Name an empty one: nothing is "
            "written over."
        )


def _copy_all(tell: Progress) -> Copied:
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
    rows = 0
    with transaction.atomic(), transaction.atomic(using=OTHER):
        _hold_still()
        # Made with the tables, under numbers that may be others.
        Permission.objects.using(OTHER).all().delete()
        ContentType.objects.using(OTHER).all().delete()
        for model in models:
            rows += _copy(model, tell)
        _go_on_counting(models)
        for model in models:
            _compare(model, tell)
    return Copied(len(models), rows)


def _hold_still() -> None:
    """See one state of the old database. SQLite's transaction holds the write lock anyway."""
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _copy(model: type[Model], tell: Progress) -> int:
    fields = list(model._meta.concrete_fields)
    size = max(connections[OTHER].ops.bulk_batch_size(fields, [None] * BATCH), 1)
    compiled = connections[OTHER]
    done = 0
    table, total = model._meta.db_table, model._base_manager.count()
    for batch in _batches(_rows(model, "default"), min(size, BATCH)):
        query = InsertQuery(model)
        query.insert_values(fields, batch, raw=True)  # raw: no field's time is set to now
        query.get_compiler(connection=compiled).execute_sql()
        done += len(batch)
        tell(table, done, total)
    return done


def _rows(model: type[Model], alias: str) -> Iterator[Model]:
    return model._base_manager.using(alias).order_by("pk").iterator(chunk_size=BATCH)


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(rows, size)):
        yield batch


def _go_on_counting(models: Sequence[type[Model]]) -> None:
    """Let new rows be numbered after those that were copied."""
    other = connections[OTHER]
    with other.cursor() as cursor:
        for statement in other.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def _compare(model: type[Model], tell: Progress) -> None:
    fields = model._meta.concrete_fields
    table, total = model._meta.db_table, model._base_manager.count()
    pairs = zip(_rows(model, "default"), _rows(model, OTHER), strict=True)
    for done, (old, new) in enumerate(pairs, 1):
        if any(_value(old, field) != _value(new, field) for field in fields):
            raise InputError(
                f"The row {old.pk} of {table} came back changed, so nothing was kept. The old "
                "database is as it was."
            )
        if done % BATCH == 0:
            tell(f"comparing {table}", done, total)


def _value(row: Model, field: Field[Any, Any]) -> Any:
    """A value as both kinds give it: PostgreSQL keeps no NUL characters."""
    value = getattr(row, field.attname)
    if isinstance(field, JSONField):
        return _without_nul(value)
    if isinstance(value, memoryview):
        return bytes(value)
    return value.replace("\0", "") if isinstance(value, str) else value


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(one) for key, one in value.items()}
    return value
