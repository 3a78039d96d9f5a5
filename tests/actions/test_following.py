"""Following authors and saving searches, and back."""

from __future__ import annotations

import pytest

from bookwheel.actions import follow_author as following
from bookwheel.actions import save_search as saving
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.save_search import save_search
from bookwheel.actions.undo_change import undo_change
from bookwheel.actions.unfollow_author import unfollow_author
from bookwheel.actions.unsave_search import unsave_search
from bookwheel.errors import InputError, QueryError
from people import Person


def followed(person: Person) -> list[str]:
    return sorted(map(str, person.reader.followed_authors.all()))


def saved(person: Person) -> list[str]:
    return sorted(map(str, person.reader.saved_searches.all()))


def test_an_author_is_followed_once_and_left_again(alice: Person, bob: Person) -> None:
    change = follow_author(alice.reader, "Curie", "Marie")
    assert follow_author(alice.reader, "Curie", "Marie") is None
    follow_author(bob.reader, "Curie", "Marie")
    follow_author(alice.reader, "Bourbaki")
    assert followed(alice) == ["Bourbaki", "Marie Curie"]
    left = unfollow_author(alice.reader, alice.reader.followed_authors.get(family="Curie"))
    assert left
    assert followed(alice) == ["Bourbaki"]
    undo_change(alice.reader, left)
    assert followed(alice) == ["Bourbaki", "Marie Curie"]
    assert change
    undo_change(bob.reader, bob.reader.changes.get())
    assert (followed(alice), followed(bob)) == (["Bourbaki", "Marie Curie"], [])


def test_nobody_unfollows_or_unsaves_for_another(alice: Person, charlie: Person) -> None:
    follow_author(alice.reader, "Curie")
    save_search(alice.reader, "graphs")
    assert unfollow_author(charlie.reader, alice.reader.followed_authors.get()) is None
    assert unsave_search(charlie.reader, alice.reader.saved_searches.get()) is None
    assert (followed(alice), saved(alice)) == (["Curie"], ["graphs"])


def test_there_is_an_end_of_authors(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 1)
    follow_author(alice.reader, "Curie")
    assert follow_author(alice.reader, "Curie") is None
    with pytest.raises(InputError, match="as many as there can be"):
        follow_author(alice.reader, "Noether")
    with pytest.raises(InputError, match="needs a name"):
        follow_author(alice.reader, " ")


def test_a_search_is_saved_as_typed_with_its_spaces_folded(alice: Person) -> None:
    change = save_search(alice.reader, " graph   neural -survey ")
    assert save_search(alice.reader, "graph neural -survey") is None
    assert saved(alice) == ["graph neural -survey"]
    assert change
    undo_change(alice.reader, change)
    assert saved(alice) == []


def test_a_search_taken_away_can_come_back(alice: Person) -> None:
    save_search(alice.reader, "cat:cs.RO")
    change = unsave_search(alice.reader, alice.reader.saved_searches.get())
    assert change
    undo_change(alice.reader, change)
    assert saved(alice) == ["cat:cs.RO"]


@pytest.mark.parametrize("text", ["", "  ", "1706.03762", "https://arxiv.org/abs/1706.03762"])
def test_what_looks_for_nothing_is_not_saved(alice: Person, text: str) -> None:
    with pytest.raises(InputError, match="nothing to look for"):
        save_search(alice.reader, text)


def test_what_cannot_be_understood_is_not_saved(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(QueryError):
        save_search(alice.reader, '"open')
    monkeypatch.setattr(saving, "MOST", 0)
    with pytest.raises(InputError, match="as many as there can be"):
        save_search(alice.reader, "graphs")
