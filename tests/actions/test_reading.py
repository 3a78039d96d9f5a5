"""Read, later, unread; a day at once; visits; and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import time_machine

from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.actions.note_opened import note_opened
from bookwheel.actions.note_visit import APART, note_visit
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.undo_change import undo_change
from bookwheel.models import Change, Paper, Reading
from people import Person, make_paper

READ, LATER, UNREAD = Reading.State.READ, Reading.State.LATER, Reading.State.UNREAD
MONDAY, TUESDAY = date(2026, 5, 11), date(2026, 5, 12)


def said(person: Person) -> dict[str, str]:
    return dict(person.reader.readings.values_list("paper__arxiv_id", "state"))


def days(person: Person) -> dict[date, int]:
    return dict(person.reader.days_read.values_list("day", "last_paper"))


def undo(person: Person, change: Change | None) -> None:
    assert change
    undo_change(person.reader, change)


def test_a_state_is_said_once_and_undone_step_by_step(alice: Person, paper: Paper) -> None:
    later = set_reading(alice.reader, paper, LATER)
    assert set_reading(alice.reader, paper, LATER) is None
    since = alice.reader.readings.get().created
    read = set_reading(alice.reader, paper, READ)
    assert said(alice) == {paper.arxiv_id: "read"}
    undo(alice, read)
    assert said(alice) == {paper.arxiv_id: "later"}
    assert alice.reader.readings.get().created == since
    undo(alice, later)
    assert said(alice) == {}


def test_reading_says_nothing_about_taste(alice: Person, paper: Paper) -> None:
    set_reading(alice.reader, paper, READ)
    mark_days_read(alice.reader, [MONDAY])
    alice.reader.refresh_from_db()
    assert alice.reader.taste_version == 0


def test_opening_makes_read_what_nothing_was_said_of(alice: Person, paper: Paper) -> None:
    other = make_paper()
    set_reading(alice.reader, other, LATER)
    for opened in (paper, other, paper):
        note_opened(alice.reader, opened)
    assert said(alice) == {paper.arxiv_id: "read", other.arxiv_id: "later"}
    assert Change.objects.count() == 1


def test_days_are_read_up_to_the_papers_that_are_there(alice: Person, bob: Person) -> None:
    first = make_paper()
    change = mark_days_read(alice.reader, [MONDAY, TUESDAY, MONDAY])
    assert days(alice) == {MONDAY: first.pk, TUESDAY: first.pk}
    assert days(bob) == {}
    assert mark_days_read(alice.reader, [MONDAY]) is None
    late = make_paper()
    again = mark_days_read(alice.reader, [MONDAY])
    assert days(alice) == {MONDAY: late.pk, TUESDAY: first.pk}
    undo(alice, again)
    assert days(alice) == {MONDAY: first.pk, TUESDAY: first.pk}
    undo(alice, change)
    assert days(alice) == {}


def test_single_papers_are_marked_besides_and_what_was_said_stays(alice: Person) -> None:
    one, two = make_paper(), make_paper()
    set_reading(alice.reader, two, LATER)
    change = mark_days_read(alice.reader, [], [one.pk, two.pk, one.pk])
    assert said(alice) == {one.arxiv_id: "read", two.arxiv_id: "later"}
    assert mark_days_read(alice.reader, [], [one.pk]) is None
    undo(alice, change)
    assert said(alice) == {two.arxiv_id: "later"}


def test_a_visit_goes_on_until_some_hours_pass(alice: Person) -> None:
    start = datetime(2026, 5, 11, 7, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        first = note_visit(alice.reader, MONDAY)
        assert (first.seen, first.seen_before, first.newest_before) == (start, None, None)
        clock.shift(timedelta(minutes=30))
        assert note_visit(alice.reader, MONDAY).seen == start + timedelta(minutes=30)
        clock.shift(timedelta(minutes=1))
        assert note_visit(alice.reader, MONDAY).seen == start + timedelta(minutes=30)
        left = start + timedelta(minutes=30)
        clock.shift(APART)
        second = note_visit(alice.reader, TUESDAY)
        assert (second.seen_before, second.newest_before) == (left, MONDAY)
        clock.shift(timedelta(minutes=10))
        again = note_visit(alice.reader, TUESDAY)
        assert (again.seen_before, again.newest_before) == (left, MONDAY)


def test_what_comes_during_a_visit_was_seen_in_it(alice: Person) -> None:
    with time_machine.travel(datetime(2026, 5, 11, 7, tzinfo=UTC), tick=False) as clock:
        note_visit(alice.reader, MONDAY)
        clock.shift(timedelta(minutes=1))
        assert note_visit(alice.reader, TUESDAY).newest == TUESDAY
        clock.shift(APART)
        assert note_visit(alice.reader, TUESDAY).newest_before == TUESDAY
