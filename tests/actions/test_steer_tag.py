from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.restore_steering import restore_steering
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.actions.undo_change import undo_change
from bookwheel.core.steering import Steering, Turn
from bookwheel.core.taste import Taste
from bookwheel.errors import InputError, NotFoundError
from bookwheel.index.exact import scorer
from bookwheel.models import Paper, SteeringStep, Tag, TagSteering
from bookwheel.queries import lists
from bookwheel.queries.engine import engine
from bookwheel.queries.evidence import Evidence, taste
from bookwheel.queries.history import history
from bookwheel.queries.interests import interest_of
from bookwheel.queries.lists import Choices
from bookwheel.queries.steering import steering_of
from bookwheel.queries.tags import tag_named
from listings import titled
from people import Person


@pytest.fixture
def tag(library: list[Paper], alice: Person) -> Tag:
    """Alice's tag "speech", with two papers on it."""
    for paper in titled(library, "speech")[:2]:
        tag_paper(alice.reader, paper, "speech")
    found = tag_named(alice.reader, "speech")
    assert found
    return found


def taste_of(tag: Tag) -> Taste:
    return interest_of(tag).taste(engine())


def shown(tag: Tag) -> list[str]:
    return [card.paper.arxiv_id for card in lists.by_tags(tag.reader, [tag], Choices()).cards]


def same(one: Taste, other: Taste) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in Taste.__annotations__
    )


def test_a_turn_changes_the_list_at_once_and_undo_restores_the_model_exactly(tag: Tag) -> None:
    before, list_before = taste_of(tag), shown(tag)
    word = "speech"
    change = steer_tag(tag.reader, tag, Turn("words", word, "mute"))
    assert change
    assert not same(before, taste_of(tag))
    assert shown(tag) != list_before
    undo_change(tag.reader, change)
    assert same(before, taste_of(tag))
    assert shown(tag) == list_before
    assert not TagSteering.objects.exists()


def test_many_steps_back_and_forth_end_where_they_began(tag: Tag) -> None:
    before = taste_of(tag)
    turns = [
        Turn("words", "speech", "pin"),
        Turn("authors", "Marie Curie", "pin"),
        Turn("breadth", "", "2"),
        Turn("sentence", "", "speech but not music"),
        Turn("fade", "", "6"),
    ]
    changes = [steer_tag(tag.reader, tag, turn) for turn in turns]
    for change in reversed(changes):
        assert change
        undo_change(tag.reader, change)
    assert same(before, taste_of(tag))
    first = SteeringStep.objects.order_by("pk").first()
    assert first and first.undone


def test_the_order_of_clicks_does_not_matter(tag: Tag, library: list[Paper]) -> None:
    turns = [Turn("words", "speech", "mute"), Turn("categories", "cs.LG", "pin")]
    for turn in turns:
        steer_tag(tag.reader, tag, turn)
    one = taste_of(tag)
    steer_tag(tag.reader, tag, Turn("reset"))
    for turn in reversed(turns):
        steer_tag(tag.reader, tag, turn)
    assert same(one, taste_of(tag))


def test_history_says_who_did_what_and_what_came_of_it(tag: Tag) -> None:
    steer_tag(tag.reader, tag, Turn("words", "speech", "mute"))
    steer_tag(tag.reader, tag, Turn("breadth", "", "1"))
    last, first = history(tag)
    assert (first.turn, first.reader) == (Turn("words", "speech", "mute"), "alice")
    assert last.turn == Turn("breadth", "", "1")
    assert first.effect and first.effect.announced > 0
    assert {one.before > one.after for _paper, one in first.rose} <= {True}
    assert {one.before < one.after for _paper, one in first.fell} <= {True}


def test_back_in_history_is_a_step_of_its_own(tag: Tag) -> None:
    steer_tag(tag.reader, tag, Turn("words", "speech", "pin"))
    middle = taste_of(tag)
    steer_tag(tag.reader, tag, Turn("breadth", "", "2"))
    steer_tag(tag.reader, tag, Turn("reset"))
    step = SteeringStep.objects.order_by("pk")[1]
    assert restore_steering(tag.reader, step)
    assert same(middle, taste_of(tag))
    assert history(tag)[0].turn.kind == "restore"
    assert restore_steering(tag.reader, step) is None


def test_what_is_so_already_is_no_step(tag: Tag) -> None:
    assert steer_tag(tag.reader, tag, Turn("breadth", "", "0")) is None
    assert steer_tag(tag.reader, tag, Turn("words", "speech", "")) is None
    assert not SteeringStep.objects.exists()


def test_an_undo_that_came_too_late_says_so_and_loses_nothing(tag: Tag) -> None:
    change = steer_tag(tag.reader, tag, Turn("words", "speech", "pin"))
    steer_tag(tag.reader, tag, Turn("breadth", "", "1"))
    assert change
    with pytest.raises(InputError, match="steered again"):
        undo_change(tag.reader, change)
    assert steering_of(tag)[0] == Steering(words={"speech": "pin"}, breadth=1)


@pytest.mark.parametrize(
    "turn",
    [
        Turn("words", "a whole sentence", "pin"),
        Turn("categories", "cs.NONE", "pin"),
        Turn("breadth", "", "9"),
        Turn("mood", "", ""),
    ],
)
def test_nonsense_is_refused_with_a_reason(tag: Tag, turn: Turn) -> None:
    with pytest.raises(InputError):
        steer_tag(tag.reader, tag, turn)
    assert not TagSteering.objects.exists()


def test_a_tag_that_went_meanwhile_is_not_steered(tag: Tag) -> None:
    delete_tag(tag.reader, tag)
    with pytest.raises(NotFoundError):
        steer_tag(tag.reader, tag, Turn("breadth", "", "1"))


def test_what_is_never_wanted_is_nowhere(tag: Tag, library: list[Paper]) -> None:
    first = lists.by_tags(tag.reader, [tag], Choices()).cards
    category, author = first[3].paper.primary, first[1].paper.authors[0]
    steer_tag(
        tag.reader,
        tag,
        Turn("never_words", "speech", "add"),
        Turn("never_authors", f"{author[0]}, {author[1]}", "add"),
        Turn("never_categories", category, "add"),
    )
    cards = lists.by_tags(tag.reader, [tag], Choices()).cards
    assert cards
    for card in cards:
        assert category not in card.paper.categories.split()
        assert author not in card.paper.authors
        assert "speech" not in card.paper.title.lower()


TURNS = st.one_of(
    st.builds(
        Turn,
        st.just("words"),
        st.sampled_from(["speech", "recognition", "learning", "quantum", "zyxwvut"]),
        st.sampled_from(["mute", "less", "more", "pin"]),
    ),
    st.builds(Turn, st.just("categories"), st.sampled_from(["cs.LG", "cs.CL"]), st.just("pin")),
    st.builds(Turn, st.just("breadth"), st.just(""), st.sampled_from(["-2", "1", "2"])),
    st.builds(Turn, st.just("sentence"), st.just(""), st.just("speech but not music")),
)


@pytest.mark.django_db
def test_explanations_sum_to_the_score_after_any_steering(library: list[Paper]) -> None:
    opened = engine()
    liked = tuple(paper.pk for paper in titled(library, "speech")[:2])
    rows = opened.columns.rows_of(np.array([paper.pk for paper in library[:40]], np.int64))

    @given(st.lists(TURNS, max_size=6))
    @settings(max_examples=25, deadline=None)
    def check(turns: list[Turn]) -> None:
        told = Steering()
        for turn in turns:
            told = told.turned(turn)
        made = taste(opened, Evidence(liked, (), told, "speech"))
        scores = scorer(opened, rows)(made)
        found = opened.causes(made, rows)
        sums = [sum(cause.amount for cause in each) + made.feature_bias for each in found]
        np.testing.assert_allclose(sums, scores, atol=2e-3)

    check()


def test_steering_is_the_readers_own(tag: Tag, library: list[Paper], bob: Person) -> None:
    for paper in titled(library, "speech")[:2]:
        tag_paper(bob.reader, paper, "speech")
    his = tag_named(bob.reader, "speech")
    assert his
    before = taste_of(his)
    steer_tag(tag.reader, tag, Turn("words", "speech", "mute"))
    assert same(before, taste_of(his))
    assert history(his) == []
