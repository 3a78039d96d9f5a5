"""Tags: made, named, coloured, merged, deleted, and all of it undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.actions.colour_tag import colour_tag
from bookwheel.actions.create_tag import MOST, create_tag
from bookwheel.actions.delete_reader import delete_reader
from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.merge_tags import merge_tags
from bookwheel.actions.rename_tag import rename_tag
from bookwheel.actions.tag_name import clean_name
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.undo_change import undo_change
from bookwheel.actions.untag_paper import untag_paper
from bookwheel.errors import InputError, NameTakenError, NotFoundError
from bookwheel.models import Change, Mark, Paper, Reader, Tag
from bookwheel.queries.tags import counted_tags, tag_named
from people import Person, make_paper


def tags(person: Person) -> dict[str, set[str]]:
    """The reader's tags with the papers under each."""
    return {
        tag.name: set(tag.taggings.values_list("paper__arxiv_id", flat=True))
        for tag in person.reader.tags.filter(deleted=None)
    }


def tag_of(person: Person, name: str) -> Tag:
    tag = tag_named(person.reader, name)
    assert tag
    return tag


def undo(person: Person, change: Change | None) -> None:
    assert change
    undo_change(person.reader, change)


def test_tagging_makes_the_tag_when_there_is_none(alice: Person, paper: Paper) -> None:
    change = tag_paper(alice.reader, paper, "  graph   nets ")
    assert tags(alice) == {"graph nets": {paper.arxiv_id}}
    assert tag_paper(alice.reader, paper, "Graph Nets") is None
    assert tags(alice) == {"graph nets": {paper.arxiv_id}}
    assert alice.reader.taste_version == 1
    undo(alice, change)
    assert tags(alice) == {}


def test_undoing_a_tagging_leaves_a_tag_that_holds_other_papers(
    alice: Person, paper: Paper
) -> None:
    other = make_paper()
    change = tag_paper(alice.reader, paper, "vision")
    tag_paper(alice.reader, other, "vision")
    undo(alice, change)
    assert tags(alice) == {"vision": {other.arxiv_id}}


def test_taking_a_paper_out_and_undoing(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "vision")
    since = tag_of(alice, "vision").taggings.get().created
    change = untag_paper(alice.reader, paper, tag_of(alice, "vision"))
    assert tags(alice) == {"vision": set()}
    assert untag_paper(alice.reader, paper, tag_of(alice, "vision")) is None
    undo(alice, change)
    assert tags(alice) == {"vision": {paper.arxiv_id}}
    assert tag_of(alice, "vision").taggings.get().created == since


def test_there_are_not_more_tags_than_can_be_ranked(alice: Person, paper: Paper) -> None:
    create_tag(alice.reader, "first")
    deleted = delete_tag(alice.reader, tag_of(alice, "first"))
    Tag.objects.bulk_create(Tag(reader=alice.reader, name=str(n)) for n in range(MOST - 1))
    create_tag(alice.reader, "last")
    with pytest.raises(InputError, match="You have 500 tags"):
        create_tag(alice.reader, "one more")
    with pytest.raises(InputError, match="Delete or merge"):
        tag_paper(alice.reader, paper, "one more")
    with pytest.raises(InputError):
        undo(alice, deleted)
    assert tag_paper(alice.reader, paper, "last")
    merge_tags(alice.reader, tag_of(alice, "0"), tag_of(alice, "1"))
    undo(alice, deleted)
    assert len(tags(alice)) == MOST


def test_names_are_the_same_in_any_case_of_any_script(alice: Person) -> None:
    create_tag(alice.reader, "Übersicht")
    with pytest.raises(NameTakenError, match="Übersicht"):
        create_tag(alice.reader, "übersicht")


def test_two_readers_can_have_the_same_name(alice: Person, bob: Person) -> None:
    create_tag(alice.reader, "vision")
    create_tag(bob.reader, "vision")
    assert (tags(alice), tags(bob)) == ({"vision": set()}, {"vision": set()})


@pytest.mark.parametrize(
    "name",
    ["", "  ", "a/b", "a\\b", "..", "a\x00b", "\u202egnp", "x" * 65, "\u200b", "a\x1bb"],
)
def test_some_names_cannot_be(alice: Person, paper: Paper, name: str) -> None:
    with pytest.raises(InputError):
        create_tag(alice.reader, name)
    with pytest.raises(InputError):
        tag_paper(alice.reader, paper, name)
    assert tags(alice) == {}


@given(st.text(max_size=80))
def test_a_cleaned_name_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(text)
    except InputError:
        return
    assert clean_name(name) == name
    assert 1 <= len(name) <= 64


def test_renaming_and_undoing(alice: Person) -> None:
    create_tag(alice.reader, "vison")
    change = rename_tag(alice.reader, tag_of(alice, "vison"), "Vison")
    assert set(tags(alice)) == {"Vison"}
    assert rename_tag(alice.reader, tag_of(alice, "vison"), "Vison") is None
    undo(alice, change)
    assert set(tags(alice)) == {"vison"}


def test_renaming_onto_another_tag_is_refused(alice: Person) -> None:
    create_tag(alice.reader, "vision")
    create_tag(alice.reader, "seeing")
    with pytest.raises(NameTakenError):
        rename_tag(alice.reader, tag_of(alice, "seeing"), "Vision")
    assert set(tags(alice)) == {"vision", "seeing"}


def test_colours_differ_until_all_are_used_and_can_be_changed(alice: Person) -> None:
    for number in range(8):
        create_tag(alice.reader, f"tag {number}")
    assert sorted(alice.reader.tags.values_list("colour", flat=True)) == list(range(8))
    tag = tag_of(alice, "tag 3")
    assert colour_tag(alice.reader, tag, tag.colour) is None
    change = colour_tag(alice.reader, tag, 7)
    assert tag_of(alice, "tag 3").colour == 7
    undo(alice, change)
    assert tag_of(alice, "tag 3").colour == 3
    with pytest.raises(InputError):
        colour_tag(alice.reader, tag, 8)


def test_deleting_hides_the_tag_and_undoing_brings_it_back(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "vision")
    tag = tag_of(alice, "vision")
    change = delete_tag(alice.reader, tag)
    assert (tags(alice), counted_tags(alice.reader)) == ({}, [])
    assert delete_tag(alice.reader, tag) is None
    undo(alice, change)
    assert tags(alice) == {"vision": {paper.arxiv_id}}


def test_a_deleted_tag_cannot_come_back_beside_another_of_its_name(alice: Person) -> None:
    create_tag(alice.reader, "vision")
    change = delete_tag(alice.reader, tag_of(alice, "vision"))
    create_tag(alice.reader, "Vision")
    with pytest.raises(NameTakenError):
        undo(alice, change)
    rename_tag(alice.reader, tag_of(alice, "vision"), "seeing")
    undo(alice, change)  # what failed can be tried again
    assert set(tags(alice)) == {"vision", "seeing"}


def test_merging_keeps_all_papers_and_undoing_parts_them(alice: Person, paper: Paper) -> None:
    both, only = paper, make_paper()
    for one in (both, only):
        tag_paper(alice.reader, one, "seeing")
    tag_paper(alice.reader, both, "vision")
    before = tags(alice)
    since = tag_of(alice, "seeing").taggings.get(paper=only).created
    change = merge_tags(alice.reader, tag_of(alice, "seeing"), tag_of(alice, "vision"))
    assert tags(alice) == {"vision": {both.arxiv_id, only.arxiv_id}}
    assert tag_of(alice, "vision").taggings.get(paper=only).created == since
    undo(alice, change)
    assert tags(alice) == before


def test_a_tag_is_not_merged_into_itself(alice: Person) -> None:
    create_tag(alice.reader, "vision")
    with pytest.raises(InputError):
        merge_tags(alice.reader, tag_of(alice, "vision"), tag_of(alice, "vision"))


def test_tags_are_counted_in_one_query(
    alice: Person, paper: Paper, django_assert_num_queries: Any
) -> None:
    tag_paper(alice.reader, paper, "b")
    tag_paper(alice.reader, make_paper(), "b")
    create_tag(alice.reader, "A")
    with django_assert_num_queries(1):
        counted = [(each.tag.name, each.papers) for each in counted_tags(alice.reader)]
    assert counted == [("A", 0), ("b", 2)]


# Two tabs: each gesture was asked for when the tags were still as the tab showed them.


def test_what_another_tab_deleted_is_left_alone(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "vision")
    create_tag(alice.reader, "other")
    vision, other = tag_of(alice, "vision"), tag_of(alice, "other")
    deleted = delete_tag(alice.reader, tag_of(alice, "vision"))
    for gesture in (
        lambda: rename_tag(alice.reader, vision, "new"),
        lambda: colour_tag(alice.reader, vision, 5),
        lambda: merge_tags(alice.reader, vision, other),
        lambda: merge_tags(alice.reader, other, vision),
    ):
        with pytest.raises(NotFoundError, match="“vision” was deleted meanwhile"):
            gesture()
    undo(alice, deleted)
    assert tags(alice) == {"vision": {paper.arxiv_id}, "other": set()}


def test_two_tags_merged_into_each_other_in_two_tabs_leave_one(alice: Person, paper: Paper) -> None:
    tag_paper(alice.reader, paper, "vision")
    create_tag(alice.reader, "other")
    vision, other = tag_of(alice, "vision"), tag_of(alice, "other")
    merge_tags(alice.reader, vision, other)
    with pytest.raises(NotFoundError):
        merge_tags(alice.reader, other, vision)
    assert tags(alice) == {"other": {paper.arxiv_id}}


def test_a_tag_that_undo_removed_in_another_tab_is_gone(alice: Person) -> None:
    made = create_tag(alice.reader, "vision")
    vision = tag_of(alice, "vision")
    undo(alice, made)
    with pytest.raises(NotFoundError):
        rename_tag(alice.reader, vision, "new")
    assert tags(alice) == {}


def test_a_deleted_account_changes_nothing_any_more(alice: Person, paper: Paper) -> None:
    elsewhere = Reader.objects.get(pk=alice.reader.pk)
    delete_reader(alice.reader)
    for gesture in (
        lambda: create_tag(elsewhere, "new"),
        lambda: tag_paper(elsewhere, paper, "new"),
        lambda: mark_paper(elsewhere, paper, Mark.Kind.LIKE),
    ):
        with pytest.raises(NotFoundError, match="account was deleted"):
            gesture()
    assert not Tag.objects.exists()
    assert not Mark.objects.exists()
