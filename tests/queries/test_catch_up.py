from __future__ import annotations

from datetime import timedelta

import pytest

from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.models import Mark, Paper
from bookwheel.queries import catch_up as catching
from bookwheel.queries.catch_up import BEST, catch_up
from feeds import days_of, of, shown
from people import Person


def test_the_best_of_all_days_that_were_missed(alice: Person, library: list[Paper]) -> None:
    days = days_of(library)
    since = days[30]
    tag_paper(alice.reader, of(library, days[3])[0], "agents")
    set_preferences(alice.reader, line="0")
    found = catch_up(alice.reader, since)
    missed = [paper for paper in library if paper.announced and paper.announced > since]
    assert found.days == tuple(sorted({paper.announced for paper in missed}))
    assert found.announced == found.mine == len(missed) > BEST
    assert (found.listing.total, found.listing.pages) == (BEST, 2)
    first, second = (catch_up(alice.reader, since, page=page).listing for page in (1, 2))
    chances = [card.score or 0 for card in (*first.cards, *second.cards)]
    assert len(chances) == BEST
    assert chances == sorted(chances, reverse=True)
    assert not set(shown(first)) & set(shown(second))


def test_of_too_many_papers_the_same_best_are_found(
    alice: Person, library: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    days = days_of(library)
    tag_paper(alice.reader, of(library, days[3])[0], "agents")
    mark_paper(alice.reader, of(library, days[9])[0], Mark.Kind.HIDE)
    stranger = of(library, days[20])[0]
    follow_author(alice.reader, *stranger.authors[0][:2])
    since = days[-1] - timedelta(days=1)
    exact = catch_up(alice.reader, since)
    monkeypatch.setattr(catching, "EXACT", 10)
    monkeypatch.setattr(catching, "FROM_EACH", 30)
    found = catch_up(alice.reader, since)
    assert shown(found.listing) == shown(exact.listing)
    assert found.listing.cards[0].paper == stranger
    assert found.announced == exact.announced == len(library)


def test_nothing_missed_is_nothing(alice: Person, library: list[Paper]) -> None:
    found = catch_up(alice.reader, days_of(library)[0])
    assert (found.days, found.announced, found.mine) == ((), 0, 0)
    assert found.listing.cards == ()
