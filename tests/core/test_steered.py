from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.core.encoder import Encoder
from bookwheel.core.steered import (
    PINNED_WORD,
    broadened,
    feature_of,
    steered,
)
from bookwheel.core.steering import LEVELS, NEUTRAL, Steering
from bookwheel.core.taste import Taste
from bookwheel.core.text import author_hashes

WORDS = ("networks", "neural", "neural networks", "speech", "quantum", "zyxwv")


@cache
def encoder() -> Encoder:
    return Encoder.shipped()


@cache
def learned() -> Taste:
    found = sorted(feature_of(word, encoder()) or 0 for word in WORDS[:4])
    vector = encoder().encode(["neural networks for speech"])[0] * np.float32(20)
    authors = np.sort(author_hashes([("Curie", "Marie"), ("Erdos", "Paul")]))
    return Taste(
        features=np.array(found, np.int32),
        feature_weights=np.array([9, 7, 5, -3], np.float32),
        authors=authors,
        author_weights=np.array([2, 1], np.float32),
        categories=np.array([3], np.int32),
        category_weights=np.array([0.5], np.float32),
        vector=vector,
        vector_bias=-1.0,
        feature_bias=-0.5,
        middle=12.0,
        slope=0.2,
    )


def mean() -> np.ndarray:
    return encoder().encode(["results of a study", "a model of data"]).mean(axis=0)


def after(steering: Steering) -> Taste:
    return steered(learned(), steering, encoder(), mean())


def means(taste: Taste, word: str) -> float:
    """What a word's own vector adds to a score."""
    assert taste.vector is not None
    feature = feature_of(word, encoder())
    assert feature is not None
    return float(encoder().vectors(np.array([feature], np.int32))[0] @ taste.vector)


def weight(taste: Taste, word: str) -> float:
    held = dict(zip(taste.features.tolist(), taste.feature_weights.tolist(), strict=True))
    return held.get(feature_of(word, encoder()), 0.0)


def test_a_muted_word_adds_nothing_in_weight_or_meaning() -> None:
    muted = after(Steering(words={"networks": "mute"}))
    assert means(learned(), "networks") > 1
    assert weight(muted, "networks") == weight(muted, "neural networks") == 0
    assert means(muted, "networks") == pytest.approx(0, abs=1e-4)
    assert means(muted, "neural networks") == pytest.approx(0, abs=1e-4)
    assert weight(muted, "speech") == weight(learned(), "speech")


def test_papers_in_general_stay_where_they_were() -> None:
    muted = after(Steering(words={"networks": "mute", "speech": "less"}))
    assert muted.vector is not None and learned().vector is not None
    before = mean() @ learned().vector + learned().vector_bias
    assert mean() @ muted.vector + muted.vector_bias == pytest.approx(before, abs=1e-4)
    assert (muted.middle, muted.slope) == (learned().middle, learned().slope)


def test_more_and_less_are_factors() -> None:
    for level, factor in (("less", 0.5), ("more", 2.0)):
        found = after(Steering(words={"networks": level}))
        assert weight(found, "networks") == pytest.approx(factor * weight(learned(), "networks"))
        assert means(found, "networks") == pytest.approx(
            factor * means(learned(), "networks"), rel=1e-3
        )


def test_a_pin_counts_at_least_so_much_in_every_tag() -> None:
    least = PINNED_WORD / learned().slope
    assert weight(after(Steering(words={"quantum": "pin"})), "quantum") == pytest.approx(least)
    assert weight(after(Steering(words={"zyxwv": "pin"})), "zyxwv") == pytest.approx(least)
    strong = replace(learned(), feature_weights=np.full(4, 900, np.float32))
    pinned = steered(strong, Steering(words={"networks": "pin"}), encoder(), mean())
    assert weight(pinned, "networks") == 900


def test_authors_and_categories_obey() -> None:
    found = after(
        Steering(
            authors={"Curie, Marie": "mute", "Noether, Emmy": "pin"},
            categories={"cs.LG": "pin"},
        )
    )
    curie, noether = author_hashes([("Curie", "M."), ("Noether", "E.")]).tolist()
    held = dict(zip(found.authors.tolist(), found.author_weights.tolist(), strict=True))
    assert curie not in held
    assert held[noether] > max(learned().author_weights)
    assert found.authors.tolist() == sorted(found.authors.tolist())
    assert len(found.categories) == 2


LEVELED = st.dictionaries(st.sampled_from(WORDS), st.sampled_from(LEVELS))


@given(LEVELED, st.integers(-2, 2))
@settings(max_examples=30, deadline=None)
def test_steering_is_exact_in_any_order(words: dict[str, str], breadth: int) -> None:
    one = after(Steering(words=words, breadth=breadth))
    other = after(Steering(words=dict(reversed(words.items())), breadth=breadth))
    np.testing.assert_allclose(one.vector, other.vector, atol=1e-5)
    assert one.features.tolist() == other.features.tolist()
    for word, level in words.items():
        if level == "mute":
            assert weight(one, word) == 0
            assert means(one, word) == pytest.approx(0, abs=1e-3)
        if level == "pin":
            assert weight(one, word) > 0
            assert means(one, word) >= -1e-3


def test_without_steering_the_taste_is_itself() -> None:
    assert after(NEUTRAL) == learned()
    blank = steered(Taste(), Steering(words={"networks": "mute"}), encoder(), mean())
    assert blank.vector is None


def test_told_but_not_taught_a_tag_ranks_by_what_it_was_told() -> None:
    told = steered(Taste(), Steering(words={"networks": "pin"}), encoder(), mean())
    assert weight(told, "networks") > 0
    scores = np.array([0.0, 0.3 * weight(told, "networks")], np.float32)
    assert told.probability(scores)[1] > 0.4 > told.probability(scores)[0]


def test_broader_lets_more_through_and_trusts_the_meaning() -> None:
    broad, narrow = broadened(learned(), 2), broadened(learned(), -2)
    assert broad.middle < learned().middle < narrow.middle
    assert means(broad, "networks") > means(learned(), "networks") > means(narrow, "networks")
    assert weight(broad, "networks") < weight(learned(), "networks") < weight(narrow, "networks")
