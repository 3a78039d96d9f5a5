"""Everything of a reader leaves as one archive and comes back elsewhere without loss."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import orjson
import pytest

from bookwheel.actions.delete_reader import delete_reader
from bookwheel.actions.restore_archive import restore_archive
from bookwheel.errors import InputError
from bookwheel.models import (
    Annotation,
    Paper,
)
from bookwheel.queries.archive import archive
from bookwheel.queries.owned import LEFT_OUT, owned_tables
from furnished import furnish
from people import Person


def through_json(held: dict[str, Any]) -> dict[str, Any]:
    return json.loads(orjson.dumps(held))


def anonymous(held: dict[str, Any]) -> dict[str, Any]:
    """Without names and numbers, which differ; rows are in the order in which they were made."""
    numbers: dict[str, dict[int, int]] = {}
    for table, rows in held["tables"].items():
        numbers[table] = {row["id"]: place for place, row in enumerate(rows)}
    made: dict[str, Any] = {name: held["reader"][name] for name in ("theme", "line", "density")}
    links = {"tag_id": "Tag", "conversation_id": "Conversation", "parent_id": "Message"}
    links |= {"leaf_id": "Message", "privatepaper_id": "PrivatePaper"}
    for table, rows in held["tables"].items():
        for row in rows:
            row["id"] = numbers[table][row["id"]]
            for link, there in links.items():
                if row.get(link) is not None:
                    row[link] = numbers[there][row[link]]
    return made | held["tables"] | {"papers": held["papers"]}


def test_nothing_is_lost_between_accounts(alice: Person, bob: Person, library: list[Paper]) -> None:
    furnish(alice.reader, library)
    held = through_json(archive(alice.reader))
    restore_archive(bob.reader, through_json(held))
    bob.reader.refresh_from_db()
    assert anonymous(through_json(archive(bob.reader))) == anonymous(held)
    assert bob.reader.theme == "dark" and bob.reader.username == "bob"


def test_nothing_is_lost_where_the_papers_are_not(
    alice: Person, bob: Person, library: list[Paper]
) -> None:
    furnish(alice.reader, library)
    held = through_json(archive(alice.reader))
    delete_reader(alice.reader)
    Paper.objects.all().delete()
    restore_archive(bob.reader, through_json(held))
    assert Paper.objects.count() == len(held["papers"]) == 8
    assert anonymous(through_json(archive(bob.reader))) == anonymous(held)


def test_every_table_of_a_readers_is_in_it_or_named() -> None:
    assert {"Tag", "Tagging", "Mark", "Reading", "DayRead", "PrivatePaper", "Annotation"} <= set(
        owned_tables()
    )
    assert not LEFT_OUT & set(owned_tables())
    assert Annotation in owned_tables().values() and Paper not in owned_tables().values()


def test_nothing_of_others_is_in_it(alice: Person, bob: Person, library: list[Paper]) -> None:
    furnish(alice.reader, library)
    held = archive(bob.reader)
    assert [rows for rows in held["tables"].values() if rows] == [] and held["papers"] == []


def test_a_deleted_reader_leaves_nothing(alice: Person, library: list[Paper]) -> None:
    furnish(alice.reader, library)
    delete_reader(alice.reader)
    left = {name for name, model in owned_tables().items() if model._default_manager.exists()}
    assert left == set()


def test_a_used_account_is_refused(alice: Person, library: list[Paper]) -> None:
    furnish(alice.reader, library)
    before = archive(alice.reader)["tables"]
    with pytest.raises(InputError, match="new account"):
        restore_archive(alice.reader, through_json(archive(alice.reader)))
    assert archive(alice.reader)["tables"] == before


BROKEN: list[Any] = [None, [], {}, {"bookwheel_archive": 2}, {"bookwheel_archive": 1}]


@pytest.mark.parametrize("held", BROKEN)
def test_what_is_no_archive(bob: Person, held: Any) -> None:
    with pytest.raises(InputError):
        restore_archive(bob.reader, held)


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("Tagging", "paper_id", "9901.00001"),
        ("Tagging", "tag_id", 999_999),
        ("Mark", "kind", "owned"),
        ("Tag", "name", "x" * 999),
        ("Reading", "created", "yesterday"),
        ("Conversation", "leaf_id", 999_999),
    ],
)
def test_a_broken_archive_changes_nothing(
    alice: Person, bob: Person, library: list[Paper], table: str, field: str, value: Any
) -> None:
    furnish(alice.reader, library)
    held = through_json(archive(alice.reader))
    held["tables"][table][0][field] = value
    with pytest.raises(InputError, match="Nothing was changed"):
        restore_archive(bob.reader, held)
    bob.reader.refresh_from_db()
    assert archive(bob.reader)["papers"] == [] and bob.reader.theme == "system"


def test_days_are_days(alice: Person, library: list[Paper]) -> None:
    furnish(alice.reader, library)
    (row,) = archive(alice.reader)["tables"]["DayRead"]
    assert isinstance(row["day"], date) and row["last_paper"]
