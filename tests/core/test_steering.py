from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.core.steering import (
    CHOICES,
    FADES,
    LEVELS,
    MOST,
    NEUTRAL,
    Steering,
    Turn,
    author_label,
    author_parts,
    phrase_label,
    word_label,
)

TURNS = st.one_of(
    st.builds(
        Turn,
        st.just("words"),
        st.sampled_from(["graph", "Graph neural", "radium"]),
        st.sampled_from(["", *LEVELS]),
    ),
    st.builds(
        Turn,
        st.just("authors"),
        st.sampled_from(["Marie Curie", "Erdős, Paul"]),
        st.sampled_from(["", *LEVELS]),
    ),
    st.builds(
        Turn,
        st.just("never_categories"),
        st.sampled_from(["cs.LG", "math"]),
        st.sampled_from(["add", ""]),
    ),
    st.builds(Turn, st.just("breadth"), st.just(""), st.sampled_from(["-2", "0", "1"])),
    st.builds(Turn, st.just("fade"), st.just(""), st.sampled_from([str(one) for one in FADES])),
    st.builds(Turn, st.just("sentence"), st.just(""), st.text(max_size=30)),
    st.builds(Turn, st.just("choice"), st.just("7"), st.just("8")),
)


def after(*turns: Turn) -> Steering:
    steering = NEUTRAL
    for turn in turns:
        steering = steering.turned(turn)
    return steering


@given(st.lists(TURNS, max_size=12))
@settings(max_examples=60)
def test_what_is_stored_is_what_was_said(turns: list[Turn]) -> None:
    steering = after(*turns)
    again = Steering.read(json.loads(json.dumps(steering.stored())))
    assert again == steering
    assert again.key == steering.key
    assert steering.neutral == (steering.stored() == {})
    assert steering.turned(Turn("reset")).neutral


def test_the_order_of_clicks_does_not_matter() -> None:
    one, other = Turn("words", "graph", "mute"), Turn("words", "radium", "pin")
    third = Turn("never_authors", "Curie, Marie", "add")
    assert after(one, other, third).key == after(third, other, one).key


def test_back_to_as_learned_leaves_nothing() -> None:
    assert after(Turn("words", "graph", "pin"), Turn("words", "GRAPH", "")) == NEUTRAL
    assert after(Turn("never_words", "deep", "add"), Turn("never_words", "Deep", "")) == NEUTRAL


@pytest.mark.parametrize(
    ("turn", "code"),
    [
        (Turn("words", "graph", "loud"), "level"),
        (Turn("papers", "7", "pin"), "level"),
        (Turn("colour", "graph", "pin"), "level"),
        (Turn("words", "three words here", "pin"), "word"),
        (Turn("words", "…", "pin"), "word"),
        (Turn("never_words", "x" * 65, "add"), "word"),
        (Turn("authors", " , Marie", "pin"), "author"),
        (Turn("categories", "cs", "pin"), "category"),
        (Turn("never_categories", "cs.NO", "add"), "category"),
        (Turn("papers", "x", "mute"), "paper"),
        (Turn("choice", "7", "-8"), "paper"),
        (Turn("breadth", "", "3"), "range"),
        (Turn("fade", "", "2"), "range"),
        (Turn("sentence", "", "x" * 1001), "long"),
    ],
)
def test_what_makes_no_sense_is_refused(turn: Turn, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        NEUTRAL.turned(turn)


def test_there_is_an_end_to_it() -> None:
    full = after(*(Turn("words", f"w{one}", "pin") for one in range(MOST)))
    assert len(full.words) == MOST
    with pytest.raises(ValueError, match="many"):
        full.turned(Turn("words", "more", "pin"))
    chosen = after(*(Turn("choice", str(one), "1") for one in range(CHOICES + 5)))
    assert len(chosen.choices) == CHOICES
    assert chosen.choices[-1] == (CHOICES + 4, 1)


def test_labels_are_as_papers_are_compared() -> None:
    assert word_label("Graph  Neural") == "graph neural"
    assert phrase_label("Large Language Models") == "large language models"
    assert author_label("Marie  Skłodowska Curie") == "Curie, Marie Skłodowska"
    assert author_label("Curie ,Marie") == "Curie, Marie"
    assert author_label("ATLAS") == "ATLAS"
    assert author_parts("Curie, Marie") == ("Curie", "Marie")
    assert author_parts("ATLAS") == ("ATLAS", "")


def test_an_older_or_newer_version_is_read() -> None:
    assert Steering.read({"words": {"graph": "pin"}, "moods": 3}).words == {"graph": "pin"}


def test_what_can_rank_by_itself() -> None:
    assert not NEUTRAL.ranks
    assert not after(Turn("words", "graph", "mute"), Turn("breadth", "", "1")).ranks
    for turn in (
        Turn("words", "graph", "pin"),
        Turn("authors", "Curie, Marie", "more"),
        Turn("sentence", "", "radium"),
        Turn("choice", "7", "8"),
    ):
        assert after(turn).ranks
