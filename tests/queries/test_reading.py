from __future__ import annotations

from datetime import date

from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.set_reading import set_reading
from bookwheel.models import Mark, Paper, Reading
from bookwheel.queries import lists
from bookwheel.queries.lists import Choices
from bookwheel.queries.state import card_of
from listings import ids
from people import Person, make_paper

READ, LATER, UNREAD = Reading.State.READ, Reading.State.LATER, Reading.State.UNREAD


def test_the_word_on_a_paper_goes_before_that_on_its_day(alice: Person, bob: Person) -> None:
    day = date(2026, 5, 12)
    papers = [make_paper(announced=day) for _ in range(3)]
    mark_days_read(alice.reader, [day])
    late = make_paper(announced=day)
    set_reading(alice.reader, papers[1], UNREAD)
    set_reading(alice.reader, papers[2], LATER)
    cards = [card_of(alice.reader, paper) for paper in (*papers, late)]
    assert [card.read for card in cards] == [True, False, False, False]
    assert [card.later for card in cards] == [False, False, True, False]
    assert not card_of(bob.reader, papers[0]).read


def test_the_day_of_a_paper_that_was_not_announced_is_the_clocks(alice: Person) -> None:
    paper = make_paper()  # submitted on Thursday 2 January 2025, before the cutoff
    mark_days_read(alice.reader, [date(2025, 1, 2)])
    assert not card_of(alice.reader, paper).read
    mark_days_read(alice.reader, [date(2025, 1, 3)])
    assert card_of(alice.reader, paper).read


def test_later_is_a_list_of_its_own(library: list[Paper], alice: Person, bob: Person) -> None:
    assert lists.later(alice.reader, Choices()).empty == "nothing_later"
    for place in (4, 9, 2):
        set_reading(alice.reader, library[place], LATER)
    mark_paper(alice.reader, library[2], Mark.Kind.LIKE)
    mark_paper(alice.reader, library[9], Mark.Kind.HIDE)
    set_reading(alice.reader, library[4], READ)
    found = lists.later(alice.reader, Choices())
    assert ids(found) == [library[2].arxiv_id, library[9].arxiv_id]
    assert all(card.later for card in found.cards)
    assert lists.later(bob.reader, Choices()).cards == ()
