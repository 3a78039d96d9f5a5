"""One day for one reader: what is for them, in which order, and how far they have come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import library as small
from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.save_search import save_search
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.store_announcements import store_announcements
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.arxiv.announced import Announced
from bookwheel.errors import IndexMissingError
from bookwheel.index import exact
from bookwheel.models import Mark, Paper, Reading
from bookwheel.queries import feed, lists
from bookwheel.queries.cards import Card
from bookwheel.queries.feed import DayFeed, Wanted
from bookwheel.queries.lists import Choices
from feeds import LONG_AFTER, days_of, fullest, of, part, shown
from people import Configure, Person

LIKE, HIDE = Mark.Kind.LIKE, Mark.Kind.HIDE


@pytest.fixture
def day(library: list[Paper]) -> date:
    return fullest(library)


def opened(person: Person, day: date, **wanted: object) -> DayFeed:
    return feed.day_feed(person.reader, day, Wanted(**wanted), LONG_AFTER)  # type: ignore[arg-type]


def card(day_feed: DayFeed, paper: Paper) -> Card:
    return next(card for one in day_feed.parts for card in one.listing.cards if card.paper == paper)


def test_with_nothing_to_go_by_the_day_is_shown_as_it_came(
    alice: Person, library: list[Paper], day: date
) -> None:
    found = opened(alice, day)
    assert not found.ranked
    assert (found.announced, found.mine, found.done, found.below) == (13, 13, 0, 0)
    assert shown(part(found).listing) == [paper.pk for paper in of(library, day)]
    assert [lack.code for lack in found.lacks] == ["no_tags"]
    assert found.sources == ()


def test_what_is_above_the_line_is_for_the_reader_the_surest_first(
    alice: Person, library: list[Paper], day: date
) -> None:
    tag_paper(alice.reader, of(library, day)[4], "agents")
    tag_paper(alice.reader, of(library, day)[7], "vision")
    # The same scores as the list that the engine makes.
    span = Choices(since=f"{day}", until=f"{day}")
    theirs = lists.by_tags(alice.reader, list(alice.reader.tags.all()), span)
    scores = {one.paper.pk: one.score for one in theirs.cards}
    assert len(scores) == 13
    alice.reader.line = line = theirs.cards[4].score or 0
    found = opened(alice, day)
    above = [one.paper.pk for one in theirs.cards if (one.score or 0) >= line]
    assert len(above) == 5
    assert shown(part(found).listing) == above
    assert (found.mine, found.below, found.announced) == (len(above), 13 - len(above), 13)
    for one in part(found).listing.cards:
        assert one.score == pytest.approx(scores[one.paper.pk], abs=1e-6)
        assert len(one.ranked_for) == 1
    below = opened(alice, day, show="below")
    assert shown(part(below).listing) == [pk for pk in scores if pk not in above]


def test_a_source_can_be_looked_at_alone(alice: Person, library: list[Paper], day: date) -> None:
    tag_paper(alice.reader, of(library, day)[4], "agents")
    tag_paper(alice.reader, of(library, day)[7], "vision")
    mark_paper(alice.reader, of(library, day)[12], LIKE)
    found = opened(alice, day)
    keys = {source.key: source for source in found.sources}
    tags = {f"tag-{tag.pk}": tag for tag in alice.reader.tags.all()}
    assert set(keys) == {*tags, "likes"}
    for key, source in keys.items():
        only = opened(alice, day, source=key)
        assert part(only).listing.total == source.count
        assert source.tag == tags.get(key)
        for one in part(only).listing.cards:
            assert one.ranked_for == ((source.tag,) if source.tag else ())
            assert (one.score or 0) >= alice.reader.line
    assert opened(alice, day, source="tag-999999").mine == found.mine


def test_progress_counts_whatever_the_reader_did(
    alice: Person, library: list[Paper], day: date
) -> None:
    mine = of(library, day)
    set_preferences(alice.reader, line="0")
    mark_paper(alice.reader, library[0], LIKE)
    assert (opened(alice, day).done, opened(alice, day).mine) == (0, 13)
    mark_paper(alice.reader, mine[0], LIKE)
    mark_paper(alice.reader, mine[1], HIDE)
    tag_paper(alice.reader, mine[2], "agents")
    set_reading(alice.reader, mine[3], Reading.State.READ)
    set_reading(alice.reader, mine[4], Reading.State.LATER)
    set_reading(alice.reader, mine[5], Reading.State.UNREAD)
    found = opened(alice, day)
    assert (found.done, found.mine) == (5, 13)
    assert mine[1].pk not in shown(part(found).listing)
    assert card(found, mine[3]).read and not card(found, mine[4]).read
    assert card(found, mine[4]).later
    unread = opened(alice, day, show="unread")
    assert set(shown(part(unread).listing)) == {paper.pk for paper in mine[5:]}


def test_the_rest_of_a_day_is_read_at_once_but_not_what_comes_later(
    alice: Person, bob: Person, library: list[Paper], day: date
) -> None:
    mine = of(library, day)
    for person in (alice, bob):
        mark_paper(person.reader, library[0], LIKE)
        set_preferences(person.reader, line="0")
    set_reading(alice.reader, mine[1], Reading.State.LATER)
    set_reading(alice.reader, mine[2], Reading.State.UNREAD)
    mark_days_read(alice.reader, [day])
    late = mine[0]
    alice.reader.days_read.update(last_paper=late.pk - 1)
    found = opened(alice, day)
    assert (found.done, found.mine) == (11, 13)
    assert not card(found, late).read and not card(found, mine[2]).read
    assert card(found, mine[1]).later and card(found, mine[3]).read
    assert opened(bob, day).done == 0
    assert opened(alice, days_of(library)[0]).done == 0


def test_all_read_says_so(alice: Person, library: list[Paper], day: date) -> None:
    tag_paper(alice.reader, of(library, day)[4], "agents")
    mark_days_read(alice.reader, [day])
    found = opened(alice, day, show="unread")
    assert [lack.code for lack in found.lacks] == ["all_read"]
    assert found.done == found.mine > 0


def test_authors_come_first_and_are_named(alice: Person, library: list[Paper], day: date) -> None:
    mine = of(library, day)
    family, given, _suffix = mine[9].authors[0]
    tag_paper(alice.reader, mine[4], "agents")
    without = opened(alice, day)
    assert mine[9].pk not in shown(part(without).listing)
    follow_author(alice.reader, family, given)
    found = opened(alice, day)
    first = part(found).listing.cards[0]
    assert first.paper == mine[9]
    assert [str(author) for author in first.authors] == [f"{given} {family}"]
    assert first.ranked_for == () and first.reasons == ()
    assert found.mine == without.mine + 1
    assert {source.key: source.count for source in found.sources}["authors"] == 1
    assert shown(part(opened(alice, day, source="authors")).listing) == [mine[9].pk]


def test_a_namesake_is_not_followed(alice: Person, library: list[Paper], day: date) -> None:
    family, given, _suffix = of(library, day)[9].authors[0]
    follow_author(alice.reader, family, f"{given[0]}xyzzy")
    found = opened(alice, day)
    assert found.ranked
    assert found.mine == 0
    assert [lack.code for lack in found.lacks] == ["below_line"]


def test_saved_searches_bring_what_has_all_their_words(
    alice: Person, library: list[Paper], day: date
) -> None:
    wanted = [
        paper
        for paper in of(library, day)
        if "retrieval" in f"{paper.title} {paper.abstract}".lower() and "cs.CL" in paper.categories
    ]
    assert 1 <= len(wanted) < 13
    save_search(alice.reader, "retrieval cat:cs.CL")
    save_search(alice.reader, "xyzzyqwerty")
    found = opened(alice, day)
    assert set(shown(part(found).listing)) == {paper.pk for paper in wanted}
    assert [str(one) for one in card(found, wanted[0]).searches] == ["retrieval cat:cs.CL"]
    assert part(found).listing.cards[0].score is None
    assert {source.key for source in found.sources} == {"searches"}


def test_saved_searches_look_at_replacements_too(
    alice: Person, library: list[Paper], day: date
) -> None:
    old = library[0]
    store_announcements([Announced(old.arxiv_id, day, "replace")])
    save_search(alice.reader, f'ti:"{old.title}"')
    found = opened(alice, day)
    assert shown(part(found, "replace").listing) == [old.pk]
    assert feed.rest_of_day(alice.reader, day) == [old.pk]
    set_reading(alice.reader, old, Reading.State.READ)
    assert feed.rest_of_day(alice.reader, day) == []


def test_sections_stand_apart_and_the_lesser_ones_are_short(
    alice: Person, library: list[Paper], day: date
) -> None:
    set_preferences(alice.reader, line="0")
    tag_paper(alice.reader, of(library, day)[4], "agents")
    told = [Announced(paper.arxiv_id, day, "cross") for paper in library[:40]]
    told += [Announced(paper.arxiv_id, day, "replace") for paper in library[40:47]]
    store_announcements(told)
    found = opened(alice, day)
    sizes = [(one.section, one.announced, one.mine, len(one.listing.cards)) for one in found.parts]
    assert sizes == [("new", 13, 13, 13), ("cross", 40, 40, 5), ("replace", 7, 7, 5)]
    assert (found.announced, found.mine) == (60, 60)
    pages = [opened(alice, day, section="cross", page=page) for page in (1, 2, 3)]
    listings = [part(page, "cross").listing for page in pages]
    assert [len(one.cards) for one in listings] == [25, 15, 0]
    assert {(one.pages, one.total) for one in listings} == {(2, 40)}
    assert [len(page.parts) for page in pages] == [1, 1, 1]
    numbers = [pk for one in listings for pk in shown(one)]
    assert set(numbers) == {paper.pk for paper in library[:40]}


def test_a_category_leaves_what_is_in_it(alice: Person, library: list[Paper], day: date) -> None:
    found = opened(alice, day, category="cs.CL")
    assert found.announced == sum("cs.CL" in paper.categories for paper in of(library, day))
    assert {one.section for one in found.parts} == {"new", "cross"}
    nothing = opened(alice, day, category="astro-ph")
    assert (nothing.announced, nothing.parts) == (0, ())
    tag_paper(alice.reader, of(library, day)[4], "agents")
    codes = [lack.code for lack in opened(alice, day, category="astro-ph").lacks]
    assert codes == ["filtered"]


def test_what_says_the_same_is_folded_and_done_together(
    alice: Person, library: list[Paper], day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_preferences(alice.reader, line="0")
    tag_paper(alice.reader, library[0], "first")
    before = opened(alice, day)
    monkeypatch.setattr(exact, "ALIKE", -1.0)  # everything is like everything
    found = opened(alice, day)
    [one] = part(found).listing.cards
    assert one.paper == part(before).listing.cards[0].paper
    assert len(one.folded) == 12
    assert (found.mine, found.done, found.announced) == (1, 0, 13)
    mark_paper(alice.reader, one.paper, HIDE)
    again = opened(alice, day)
    assert (again.mine, again.done) == (1, 1)
    assert part(again).listing.cards == ()


def test_a_day_without_papers_says_why(alice: Person, library: list[Paper]) -> None:
    tag_paper(alice.reader, library[0], "first")
    newest = days_of(library)[0]
    codes = {
        date(2026, 5, 17): "weekend",
        date(2026, 5, 18): "missing",
        date(2025, 11, 28): "holiday",
        newest + timedelta(days=3): "behind",
        date(2026, 7, 3): "not_yet",
    }
    held = days_of(library)
    for day, code in codes.items():
        if day not in held:
            assert [lack.code for lack in opened(alice, day).lacks] == [code], day


def test_nothing_above_the_line_says_how_near_it_came(
    alice: Person, library: list[Paper], day: date
) -> None:
    tag_paper(alice.reader, library[0], "first")
    set_preferences(alice.reader, line="1")
    found = opened(alice, day)
    [lack] = found.lacks
    below = part(opened(alice, day, show="below")).listing
    assert (lack.code, lack.count, lack.line) == ("below_line", 13, 1.0)
    assert lack.best == pytest.approx(below.cards[0].score)
    assert found.below == below.total == 13


def test_a_tag_whose_papers_are_not_indexed_is_no_reason_to_hide_the_day(
    alice: Person, library: list[Paper], day: date
) -> None:
    from people import make_paper

    tag_paper(alice.reader, make_paper(), "fresh")
    found = opened(alice, day)
    assert [lack.code for lack in found.lacks] == ["not_indexed"]
    assert len(part(found).listing.cards) == 13


def test_readers_do_not_see_each_others_feeds(
    alice: Person, charlie: Person, library: list[Paper], day: date
) -> None:
    before = opened(charlie, day)
    tag_paper(alice.reader, of(library, day)[4], "agents")
    follow_author(alice.reader, *of(library, day)[9].authors[0][:2])
    save_search(alice.reader, "learning")
    mark_days_read(alice.reader, [day])
    after = opened(charlie, day)
    assert after.parts[0].listing.cards == before.parts[0].listing.cards
    assert (after.done, after.mine, after.sources) == (0, 13, ())


def test_without_an_index_there_is_no_day(
    alice: Person, tmp_path: object, configure: Configure
) -> None:
    configure(data=tmp_path)
    assert feed.newest_day() is None
    with pytest.raises(IndexMissingError):
        opened(alice, date(2026, 5, 12))


def test_an_empty_index_has_no_newest_day(
    alice: Person, tmp_path: object, configure: Configure
) -> None:
    configure(data=tmp_path)
    small.write_index(tmp_path / "index", [])  # type: ignore[operator]
    assert feed.newest_day() is None


def test_a_like_changes_the_day_at_once(alice: Person, library: list[Paper], day: date) -> None:
    mine = of(library, day)
    tag_paper(alice.reader, mine[4], "agents")
    before = shown(part(opened(alice, day)).listing)
    mark_paper(alice.reader, mine[12], LIKE)
    after = opened(alice, day)
    assert mine[12].pk not in before
    assert mine[12].pk in shown(part(after).listing)
    assert {source.key for source in after.sources} >= {"likes"}
