"""Everything of a reader leaves as one archive and comes back elsewhere without loss."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import orjson
import pytest

from bookwheel.actions.delete_reader import delete_reader
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.import_library import Wishes, import_library
from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.restore_archive import restore_archive
from bookwheel.actions.save_search import save_search
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.content.references.reference import Reference
from bookwheel.errors import InputError
from bookwheel.models import (
    Annotation,
    Conversation,
    Mark,
    Message,
    Paper,
    Reader,
    Reading,
    TagSteering,
)
from bookwheel.queries.archive import archive
from bookwheel.queries.matching import Match
from bookwheel.queries.owned import LEFT_OUT, owned_tables
from hostile import HOSTILE
from people import Person


def through_json(held: dict[str, Any]) -> dict[str, Any]:
    return json.loads(orjson.dumps(held))


def furnish(reader: Reader, papers: list[Paper]) -> None:
    """Give a reader something of most kinds."""
    mark_paper(reader, papers[0], Mark.Kind.LIKE)
    mark_paper(reader, papers[1], Mark.Kind.HIDE)
    set_reading(reader, papers[2], Reading.State.LATER)
    for name in ("vision", "graphs", "图"):
        tag_paper(reader, papers[3], name)
    follow_author(reader, "Curie", "Marie")
    save_search(reader, "radium")
    mark_days_read(reader, [papers[4].listed])
    entry = Reference(title="Ours alone", authors=(("Curie", "M."),), note=HOSTILE[0])
    import_library(reader, [entry], [Match()], Wishes(tag="vision"))
    tag = reader.tags.get(name="vision")
    state = {"papers": {str(papers[5].pk): 2}, "choices": [[papers[6].pk, papers[7].pk]]}
    TagSteering.objects.create(tag=tag, state=state)
    talk = Conversation.objects.create(
        reader=reader, title="Talk", tag=tag, updated="2026-01-01T00:00:00Z"
    )
    asked = Message.objects.create(conversation=talk, role="question", text="Why?")
    told = Message.objects.create(conversation=talk, role="answer", text="So.", parent=asked)
    Conversation.objects.filter(pk=talk.pk).update(leaf=told)
    Reader.objects.filter(pk=reader.pk).update(theme="dark", line=0.25)
    reader.refresh_from_db()


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
