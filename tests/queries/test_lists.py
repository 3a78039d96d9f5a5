from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.errors import InputError
from bookwheel.models import Mark, Paper
from bookwheel.queries import lists
from bookwheel.queries.cards import Listing
from bookwheel.queries.lists import Choices
from bookwheel.queries.tags import tag_named
from library import write_index
from listings import every_page, ids, newest_first, titled
from people import Person

ALL = Choices()
LIKE, HIDE = Mark.Kind.LIKE, Mark.Kind.HIDE


def test_newest_shows_every_paper_once_the_last_announced_first(
    library: list[Paper], alice: Person
) -> None:
    assert every_page(lambda page: lists.newest(alice.reader, Choices(page=page))) == newest_first(
        library
    )


def test_newest_says_where_each_day_begins(library: list[Paper], alice: Person) -> None:
    listing = lists.newest(alice.reader, Choices(page=2))
    days = [card.paper.announced for card in listing.cards]
    begins = [place for place in range(len(days)) if place == 0 or days[place] != days[place - 1]]
    assert listing.days == {place: f"{days[place]}" for place in begins}


def test_a_page_after_the_last_is_empty(library: list[Paper], alice: Person) -> None:
    listing = lists.newest(alice.reader, Choices(page=999))
    assert (listing.cards, listing.empty, listing.total) == ((), "no_match", len(library))


def test_filters_leave_what_fits(library: list[Paper], alice: Person) -> None:
    def shown(**chosen: object) -> list[str]:
        return every_page(lambda page: lists.newest(alice.reader, Choices(page=page, **chosen)))  # type: ignore[arg-type]

    def fitting(test: Callable[[Paper], bool]) -> list[str]:
        return newest_first([paper for paper in library if test(paper)])

    last = max(paper.announced for paper in library if paper.announced)
    week = last - timedelta(days=6)
    assert shown(days=7) == fitting(lambda paper: paper.announced >= week)  # type: ignore[operator]
    assert shown(since="2026-05-28") == fitting(lambda paper: f"{paper.announced}" >= "2026-05-28")
    assert shown(until="2025-06-30") == fitting(lambda paper: f"{paper.announced}" <= "2025-06-30")
    assert shown(since="2026-05-01", until="2026-05-01") == fitting(
        lambda paper: f"{paper.announced}" == "2026-05-01"
    )
    assert shown(category="cs.CL") == fitting(lambda paper: "cs.CL" in paper.categories.split())
    assert shown(category="math") == fitting(lambda paper: " math." in f" {paper.categories}")
    assert shown(first_versions=True) == fitting(lambda paper: len(paper.versions) == 1)
    assert shown(category="cs.XX") == []
    assert shown(days=10**9) == newest_first(library)


@pytest.mark.parametrize("word", ["yesterday", "2026-13-01", "2026-02-30", "'; drop"])
def test_a_day_that_is_none_is_refused(library: list[Paper], alice: Person, word: str) -> None:
    with pytest.raises(InputError, match="is not a day"):
        lists.newest(alice.reader, Choices(since=word))


def test_what_is_kept_can_be_left_out(library: list[Paper], alice: Person, bob: Person) -> None:
    mark_paper(alice.reader, library[-1], LIKE)
    tag_paper(alice.reader, library[-2], "agents")
    mark_paper(bob.reader, library[-3], LIKE)
    shown = lists.newest(alice.reader, Choices(hide_mine=True))
    assert ids(shown)[0] == library[-3].arxiv_id
    assert shown.total == len(library) - 2


def test_hidden_papers_are_only_found_by_searching(library: list[Paper], alice: Person) -> None:
    paper = library[-1]
    mark_paper(alice.reader, paper, HIDE)
    mark_paper(alice.reader, library[-9], LIKE)
    assert paper.arxiv_id not in ids(lists.newest(alice.reader, ALL))
    assert paper.arxiv_id not in every_page(
        lambda page: lists.for_you(alice.reader, Choices(page=page))
    )
    found = lists.search(alice.reader, f'ti:"{paper.title}"', ALL)
    assert ids(found) == [paper.arxiv_id]
    assert found.cards[0].hidden


def test_similar_papers_are_about_the_same(library: list[Paper], alice: Person) -> None:
    paper = titled(library, "speech")[0]
    listing = lists.similar(alice.reader, paper, ALL)
    assert paper.arxiv_id not in ids(listing)
    assert listing.total == len(library) - 1
    near = [card.paper for card in listing.cards[:5]]
    assert any("speech" in f"{each.title} {each.abstract}".lower() for each in near)
    assert all(card.reasons and card.ranked_for == () for card in listing.cards[:5])


def test_random_is_a_shuffle_that_its_seed_repeats(library: list[Paper], alice: Person) -> None:
    def shuffled(seed: int) -> list[str]:
        return every_page(lambda page: lists.random(alice.reader, Choices(page=page), seed))

    one, two = shuffled(1), shuffled(-2)
    assert sorted(one) == sorted(two) == sorted(paper.arxiv_id for paper in library)
    assert one != two
    assert one[:25] == ids(lists.random(alice.reader, ALL, 1))


def test_the_library_shows_the_last_kept_first(library: list[Paper], alice: Person) -> None:
    assert lists.library(alice.reader, ALL).empty == "nothing_kept"
    mark_paper(alice.reader, library[5], LIKE)
    tag_paper(alice.reader, library[9], "two")
    tag_paper(alice.reader, library[2], "two")
    mark_paper(alice.reader, library[2], LIKE)
    mark_paper(alice.reader, library[9], HIDE)
    assert ids(lists.library(alice.reader, ALL)) == [library[place].arxiv_id for place in (2, 9, 5)]
    tag = tag_named(alice.reader, "TWO")
    assert ids(lists.library(alice.reader, ALL, tag)) == [
        library[place].arxiv_id for place in (2, 9)
    ]
    assert lists.library(alice.reader, Choices(since="2027-01-01")).total == 0


def test_without_an_index_there_are_no_papers(
    db: None, alice: Person, paper: Paper, tmp_path: object, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path)
    mark_paper(alice.reader, paper, LIKE)
    shown = [
        lists.newest(alice.reader, ALL),
        lists.random(alice.reader, ALL, 1),
        lists.for_you(alice.reader, ALL),
        lists.library(alice.reader, ALL),
        lists.similar(alice.reader, paper, ALL),
        lists.search(alice.reader, "graph", ALL),
    ]
    assert {listing.empty for listing in shown} == {"no_papers"}


def test_an_empty_index_has_no_papers(
    db: None, alice: Person, tmp_path: object, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path)
    write_index(tmp_path / "index", [])  # type: ignore[operator]
    for text in ("", "graph", "-graph", "cat:cs", '"graph neural"'):
        assert lists.search(alice.reader, text, ALL).empty == "no_papers"
    assert lists.newest(alice.reader, ALL).empty == "no_papers"
    assert lists.random(alice.reader, ALL, 3).empty == "no_papers"


def test_a_paper_that_is_gone_from_the_database_is_not_shown(
    library: list[Paper], alice: Person
) -> None:
    mark_paper(alice.reader, library[3], LIKE)
    first = lists.newest(alice.reader, ALL)
    days = [card.paper.announced for card in first.cards]
    Paper.objects.filter(arxiv_id=ids(first)[0]).delete()
    listing = lists.newest(alice.reader, ALL)
    assert ids(listing) == ids(first)[1:]
    assert listing.days[0] == f"{days[1]}"
    assert len(lists.for_you(alice.reader, ALL).cards) >= 24


def test_queries_do_not_grow_with_the_list(library: list[Paper], alice: Person) -> None:
    def queries(page_of: Callable[[Choices], Listing], cards: int) -> int:
        days = sorted({paper.announced for paper in library if paper.announced})
        choices = Choices(since=f"{days[-1]}", until=f"{days[-1]}") if cards < 10 else ALL
        with CaptureQueriesContext(connection) as caught:
            assert (len(page_of(choices).cards) < 10) == (cards < 10)
        return len(caught)

    for word in ("speech", "image", "agent", "graph", "language", "video"):
        for paper in titled(library, word)[:2]:
            tag_paper(alice.reader, paper, word)
    for page_of in (
        lambda choices: lists.newest(alice.reader, choices),
        lambda choices: lists.for_you(alice.reader, choices),
        lambda choices: lists.similar(alice.reader, library[0], choices),
        lambda choices: lists.search(alice.reader, "learning", choices),
    ):
        page_of(ALL)
        few, many = queries(page_of, 5), queries(page_of, 25)
        assert few <= many <= few + 1 <= 12  # one for the titles of liked papers, if any is close
