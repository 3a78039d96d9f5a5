from __future__ import annotations

from datetime import date

import pytest

from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.errors import NotFoundError, QueryError
from bookwheel.models import Mark, Paper
from bookwheel.queries import lists
from bookwheel.queries.cards import Listing
from bookwheel.queries.lists import Choices
from bookwheel.queries.tags import tag_named
from listings import every_page, newest_first, titled
from people import Person

ALL = Choices()
LIKE, HIDE = Mark.Kind.LIKE, Mark.Kind.HIDE


def test_a_search_says_what_it_understood_and_what_to_mark(
    library: list[Paper], alice: Person
) -> None:
    listing = lists.search(alice.reader, "speech recognition -music cat:cs", ALL)
    assert listing.understood == "any of: speech, recognition · must: category cs · not: music"
    assert {card.matched for card in listing.cards} == {("speech", "recognition")}
    assert "speech" in listing.cards[0].paper.title.lower()
    assert listing.took_ms > 0


def test_an_identifier_leads_to_its_paper(library: list[Paper], alice: Person) -> None:
    link = f"https://arxiv.org/abs/{library[4].arxiv_id}v2"
    listing = lists.search(alice.reader, link, ALL)
    assert (listing.redirect_to, listing.cards) == (library[4].arxiv_id, ())


def test_a_search_that_makes_no_sense_says_where(library: list[Paper], alice: Person) -> None:
    with pytest.raises(QueryError) as caught:
        lists.search(alice.reader, 'graph "neural', ALL)
    assert caught.value.position == 6


def test_a_search_finds_nothing_and_says_so(library: list[Paper], alice: Person) -> None:
    listing = lists.search(alice.reader, "ti:qqqqq", ALL)
    assert (listing.empty, listing.total, listing.pages) == ("no_match", 0, 0)


def test_by_date_a_search_is_paged_through_in_order(library: list[Paper], alice: Person) -> None:
    mark_paper(alice.reader, library[-1], LIKE)

    def page_of(page: int) -> Listing:
        chosen = Choices(page=page, hide_mine=True, first_versions=True)
        return lists.search(alice.reader, "cat:cs.CV", chosen, "date")

    fitting = [
        paper
        for paper in library[:-1]
        if "cs.CV" in paper.categories.split() and len(paper.versions) == 1
    ]
    assert len(fitting) > 50
    assert every_page(page_of) == newest_first(fitting)


def test_conditions_alone_are_sorted_by_date(library: list[Paper], alice: Person) -> None:
    for text in ("cat:cs.CL", "-image", "date:2026-05", "cat:cs.CL -image"):
        relevant = every_page(lambda page: lists.search(alice.reader, text, Choices(page=page)))  # noqa: B023
        by_date = every_page(
            lambda page: lists.search(alice.reader, text, Choices(page=page), "date")  # noqa: B023
        )
        assert relevant == by_date
        assert relevant


def test_days_back_count_from_today(
    library: list[Paper], alice: Person, time_machine: object
) -> None:
    time_machine.move_to(date(2026, 6, 2))  # type: ignore[attr-defined]
    found = every_page(lambda page: lists.search(alice.reader, "date:7d", Choices(page=page)))
    assert found == newest_first(
        [paper for paper in library if f"{paper.announced}" >= "2026-05-26"]
    )


def test_a_search_sorted_by_a_tag_is_ranked_by_it(library: list[Paper], alice: Person) -> None:
    tag_paper(alice.reader, titled(library, "speech")[0], "Sprache")
    tag = tag_named(alice.reader, "Sprache")
    assert tag
    ranked = every_page(lambda page: lists.by_tags(alice.reader, [tag], Choices(page=page)))
    fitting = {paper.arxiv_id for paper in library if "eess" in paper.categories}
    found = every_page(
        lambda page: lists.search(alice.reader, "cat:eess", Choices(page=page), "tag:sprache")
    )
    assert found == [each for each in ranked if each in fitting]
    card = lists.search(alice.reader, "cat:eess", ALL, "tag:sprache").cards[0]
    assert card.ranked_for == (tag,)
    wished = lists.search(alice.reader, "recognition", ALL, "tag:sprache").cards
    assert "speech" in wished[0].paper.title.lower()


def test_a_tag_to_sort_by_must_be_there(
    library: list[Paper], alice: Person, charlie: Person
) -> None:
    tag_paper(charlie.reader, library[0], "Größe")
    with pytest.raises(NotFoundError, match="Größe"):
        lists.search(alice.reader, "graph", ALL, "tag:Größe")
    tag_paper(alice.reader, library[0], "Größe")
    assert lists.search(alice.reader, "graph", ALL, "tag:GRÖSSE").cards
