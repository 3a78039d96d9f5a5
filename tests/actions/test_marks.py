"""Liking and hiding, and back."""

from __future__ import annotations

import pytest

from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.undo_change import undo_change
from bookwheel.actions.unmark_paper import unmark_paper
from bookwheel.errors import NotFoundError
from bookwheel.models import Change, Mark, Paper
from bookwheel.queries.changes import last_change
from people import Person

LIKE, HIDE = Mark.Kind.LIKE, Mark.Kind.HIDE


def marks(person: Person) -> list[tuple[str, str]]:
    return list(person.reader.marks.values_list("paper__arxiv_id", "kind"))


def test_a_like_is_kept_once(alice: Person, paper: Paper) -> None:
    assert mark_paper(alice.reader, paper, LIKE)
    assert mark_paper(alice.reader, paper, LIKE) is None
    assert marks(alice) == [(paper.arxiv_id, "like")]
    assert alice.reader.taste_version == 1


def test_like_and_hide_exclude_each_other(alice: Person, paper: Paper) -> None:
    mark_paper(alice.reader, paper, LIKE)
    mark_paper(alice.reader, paper, HIDE)
    assert marks(alice) == [(paper.arxiv_id, "hide")]
    assert unmark_paper(alice.reader, paper, LIKE) is None
    assert marks(alice) == [(paper.arxiv_id, "hide")]
    unmark_paper(alice.reader, paper, HIDE)
    assert marks(alice) == []


def test_marks_of_two_readers_do_not_touch(alice: Person, bob: Person, paper: Paper) -> None:
    mark_paper(alice.reader, paper, LIKE)
    mark_paper(bob.reader, paper, HIDE)
    assert (marks(alice), marks(bob)) == (
        [(paper.arxiv_id, "like")],
        [(paper.arxiv_id, "hide")],
    )


@pytest.mark.parametrize("kinds", [[LIKE], [LIKE, HIDE], [HIDE, LIKE]])
def test_undoing_steps_leads_back(alice: Person, paper: Paper, kinds: list[Mark.Kind]) -> None:
    states = [(marks(alice), alice.reader.taste_version)]
    for kind in kinds:
        mark_paper(alice.reader, paper, kind)
        states.append((marks(alice), alice.reader.taste_version))
    for before, version in reversed(states[:-1]):
        change = last_change(alice.reader)
        assert change
        undo_change(alice.reader, change)
        assert marks(alice) == before
        assert alice.reader.taste_version > version  # it changed again, so nothing stale is reused
    assert last_change(alice.reader) is None


def test_a_like_taken_back_and_undone_stands_where_it_stood(alice: Person, paper: Paper) -> None:
    mark_paper(alice.reader, paper, LIKE)
    since = alice.reader.marks.get().created
    change = unmark_paper(alice.reader, paper, LIKE)
    assert change
    undo_change(alice.reader, change)
    assert alice.reader.marks.get().created == since


def test_undoing_twice_does_nothing(alice: Person, paper: Paper) -> None:
    change = mark_paper(alice.reader, paper, LIKE)
    assert change
    undo_change(alice.reader, change)
    mark_paper(alice.reader, paper, LIKE)
    undo_change(alice.reader, change)
    assert marks(alice) == [(paper.arxiv_id, "like")]


def test_nobody_undoes_what_another_did(alice: Person, charlie: Person, paper: Paper) -> None:
    change = mark_paper(alice.reader, paper, LIKE)
    assert change
    with pytest.raises(NotFoundError):
        undo_change(charlie.reader, change)
    assert marks(alice) == [(paper.arxiv_id, "like")]
    assert Change.objects.get().undone is None
