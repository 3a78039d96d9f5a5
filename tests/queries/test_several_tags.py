"""Several tags at once: together, one for all, alike, very many, very large, and empty ones."""

from __future__ import annotations

import numpy as np
import pytest

from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.note_opened import note_opened
from bookwheel.actions.set_learning import set_learning
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.core.steering import Turn
from bookwheel.models import Mark, Opened, Paper, Tag, Tagging
from bookwheel.queries import lists
from bookwheel.queries.engine import engine
from bookwheel.queries.feed import Wanted, day_feed
from bookwheel.queries.interests import interest_of, interests
from bookwheel.queries.lists import Choices
from bookwheel.queries.rankings import Ranking, fold
from feeds import LONG_AFTER, fullest, shown
from listings import titled
from people import Person


def tagged(person: Person, name: str, papers: list[Paper]) -> Tag:
    for paper in papers:
        tag_paper(person.reader, paper, name)
    return person.reader.tags.get(name=name)


def test_all_of_several_is_what_pleases_each(alice: Person, library: list[Paper]) -> None:
    speech = tagged(alice, "speech", titled(library, "speech")[:2])
    images = tagged(alice, "images", titled(library, "image")[:2])
    listing = lists.by_all_tags(alice.reader, [speech, images], Choices())
    assert listing.cards
    opened = engine()
    chances = []
    for card in listing.cards:
        rows = opened.columns.rows_of(np.array([card.paper.pk], np.int64))
        each = []
        for tag in (speech, images):
            taste = interest_of(tag).taste(opened)
            score = sum(one.amount for one in opened.causes(taste, rows)[0]) + taste.feature_bias
            each.append(float(taste.probability(np.array([score], np.float32))[0]))
        assert card.score == pytest.approx(min(each), abs=1e-4)
        assert set(card.ranked_for) == {speech, images}
        chances.append(card.score)
    assert chances == sorted(chances, reverse=True)
    empty = alice.reader.tags.create(name="empty")
    assert lists.by_all_tags(alice.reader, [speech, empty], Choices()).empty == "no_tags"


def test_all_of_several_obeys_the_filters_of_each(alice: Person, library: list[Paper]) -> None:
    speech = tagged(alice, "speech", titled(library, "speech")[:2])
    images = tagged(alice, "images", titled(library, "image")[:2])
    steer_tag(alice.reader, speech, Turn("never_categories", "cs.LG", "add"))
    steer_tag(alice.reader, images, Turn("never_categories", "cs.CL", "add"))
    for card in lists.by_all_tags(alice.reader, [speech, images], Choices()).cards:
        assert not {"cs.LG", "cs.CL"} & set(card.paper.categories.split())
    for card in lists.by_tags(alice.reader, [speech, images], Choices()).cards:
        for tag, code in ((speech, "cs.LG"), (images, "cs.CL")):
            assert tag not in card.ranked_for or code not in card.paper.categories.split()


def test_a_tag_twice_does_no_harm(alice: Person, library: list[Paper]) -> None:
    papers = titled(library, "speech")[:3]
    tagged(alice, "one", papers)
    tagged(alice, "images", titled(library, "image")[:2])
    before = shown(lists.for_you(alice.reader, Choices()))
    tagged(alice, "two", papers)
    tagged(alice, "nearly", papers[:2])
    after = shown(lists.for_you(alice.reader, Choices()))
    assert set(after[:10]) & set(before[:10])
    assert len(after) == len(set(after))
    alice.reader.tags.filter(name="nearly").delete()
    assert shown(lists.for_you(alice.reader, Choices())) == before


def test_near_identical_papers_fold_in_every_ranking(alice: Person, library: list[Paper]) -> None:
    tag = tagged(alice, "speech", titled(library, "speech")[:2])
    opened = engine()
    taste = interest_of(tag).taste(opened)
    rows = opened.columns.rows_of(np.array([paper.pk for paper in library[:6]], np.int64))
    twice = opened.listed(np.concatenate([rows, rows[:2]]), total=8)
    kept, under = fold(opened, Ranking.of(interest_of(tag), taste, twice))
    assert kept.hits.rows.tolist() == rows.tolist()
    assert kept.hits.total == 6
    assert under == {library[0].pk: [library[0].pk], library[1].pk: [library[1].pk]}


def test_five_thousand_papers_under_one_tag(alice: Person, library: list[Paper]) -> None:
    tag = alice.reader.tags.create(name="all")
    numbers = range(5_000_001, 5_004_701)
    rows = [
        Paper(
            pk=number,
            changed=number,
            arxiv_id=f"0801.{number}",
            title="t",
            abstract="a",
            authors=[],
            categories="cs.LG",
            versions=[[1, "2008-01-02T03:04:05+00:00"]],
            first_date="2008-01-02",
            last_date="2008-01-02",
        )
        for number in numbers
    ]
    Paper.objects.bulk_create(rows, batch_size=500)
    everything = [*numbers, *(paper.pk for paper in library[:300])]
    Tagging.objects.bulk_create(Tagging(tag=tag, paper_id=one) for one in everything)
    assert len(interest_of(tag).papers) == 5000
    assert lists.by_tags(alice.reader, [tag], Choices()).cards
    steer_tag(alice.reader, tag, Turn("fade", "", "1"))
    assert lists.by_tags(alice.reader, [tag], Choices()).cards


def test_five_hundred_tags(alice: Person, library: list[Paper]) -> None:
    tags = Tag.objects.bulk_create(Tag(reader=alice.reader, name=f"t{one}") for one in range(500))
    Tagging.objects.bulk_create(
        Tagging(tag=tag, paper=library[place % 40]) for place, tag in enumerate(tags)
    )
    assert len(interests(alice.reader)) == 500
    feed = day_feed(alice.reader, fullest(library), Wanted(), LONG_AFTER)
    assert feed.ranked
    listing = lists.for_you(alice.reader, Choices())
    assert len(shown(listing)) == len(set(shown(listing)))


def test_a_tag_whose_papers_all_left(alice: Person, library: list[Paper]) -> None:
    tag = tagged(alice, "gone", library[:2])
    Paper.objects.filter(pk__in=[paper.pk for paper in library[:2]]).delete()
    assert lists.by_tags(alice.reader, [tag], Choices()).empty == "no_tags"
    steer_tag(alice.reader, tag, Turn("words", "speech", "pin"))
    cards = lists.by_tags(alice.reader, [tag], Choices()).cards
    assert "speech" in f"{cards[0].paper.title} {cards[0].paper.abstract}".lower()


def test_hides_of_everything(alice: Person, library: list[Paper]) -> None:
    tag = tagged(alice, "one", library[:1])
    Mark.objects.bulk_create(
        Mark(reader=alice.reader, paper=paper, kind=Mark.Kind.HIDE) for paper in library
    )
    listing = lists.by_tags(alice.reader, [tag], Choices())
    assert listing.cards == ()
    day = fullest(library)
    assert day_feed(alice.reader, day, Wanted(), LONG_AFTER).parts[0].listing.cards == ()


def test_a_list_that_would_be_empty_is_made_up_for_below_the_line(
    alice: Person, library: list[Paper]
) -> None:
    tagged(alice, "speech", titled(library, "speech")[:2])
    alice.reader.line = 1.0
    feed = day_feed(alice.reader, fullest(library), Wanted(), LONG_AFTER)
    assert feed.mine == 0
    assert feed.explored and len(feed.explored.cards) == 5
    assert [lack.code for lack in feed.lacks] == ["below_line"]


def test_exploration_is_from_beyond_the_line_and_marked(
    alice: Person, library: list[Paper]
) -> None:
    tagged(alice, "speech", titled(library, "speech")[:2])
    day = fullest(library)
    feed = day_feed(alice.reader, day, Wanted(), LONG_AFTER)
    assert feed.explored
    for card in feed.explored.cards:
        assert card.explored
        assert (card.score or 0) < alice.reader.line
    mine = {number for part in feed.parts for number in shown(part.listing)}
    assert not mine & set(shown(feed.explored))
    again = day_feed(alice.reader, day, Wanted(), LONG_AFTER).explored
    assert again and shown(again) == shown(feed.explored)
    assert day_feed(alice.reader, day, Wanted(show="unread"), LONG_AFTER).explored is None
    set_learning(alice.reader, explore="0")
    assert day_feed(alice.reader, day, Wanted(), LONG_AFTER).explored is None


def test_opened_papers_count_only_for_who_wants_it(alice: Person, library: list[Paper]) -> None:
    speech = titled(library, "speech")
    tag = tagged(alice, "s", speech[:1])
    before = interest_of(tag).taste(engine())
    note_opened(alice.reader, speech[1])
    assert not Opened.objects.exists()
    set_learning(alice.reader, learn_opens=True)
    note_opened(alice.reader, speech[1])
    assert Opened.objects.count() == 1
    mark_paper(alice.reader, speech[2], Mark.Kind.HIDE)
    note_opened(alice.reader, speech[2])
    assert interest_of(tag).opened == (speech[1].pk,)
    set_learning(alice.reader, learn_opens=False)
    assert not Opened.objects.exists()
    assert interest_of(tag).opened == ()
    Mark.objects.all().delete()
    assert interest_of(tag).taste(engine()).feature_bias == before.feature_bias


def test_words_of_cards_are_shaded_where_that_is_wanted(
    alice: Person, library: list[Paper]
) -> None:
    tag = tagged(alice, "speech", titled(library, "speech")[:2])
    plain = alice.client.get("/tag/speech").text
    assert 'class="for-4"' not in plain
    set_learning(alice.reader, shade=True)
    set_preferences(alice.reader, density="cards")
    html = alice.client.get("/tag/speech").text
    assert '<p class="shaded">' in html
    assert 'class="for-4"' in html
    assert lists.by_tags(alice.reader, [tag], Choices()).cards[0].shades


def test_nothing_of_one_reader_is_in_the_lists_of_another(
    alice: Person, bob: Person, library: list[Paper]
) -> None:
    papers = titled(library, "speech")[:2]
    tagged(alice, "speech", papers)
    his = tagged(bob, "speech", papers)
    before = shown(lists.by_tags(bob.reader, [his], Choices()))
    mine = alice.reader.tags.get()
    steer_tag(alice.reader, mine, Turn("words", "speech", "mute"), Turn("breadth", "", "2"))
    steer_tag(alice.reader, mine, Turn("never_categories", "cs", "add"))
    set_learning(alice.reader, learn_opens=True, explore="20")
    note_opened(alice.reader, library[9])
    assert shown(lists.by_tags(bob.reader, [his], Choices())) == before
    assert shown(lists.by_tags(alice.reader, [mine], Choices())) != before
