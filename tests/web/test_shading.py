"""Words shaded by their share."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.encoder import Share
from bookwheel.web.shading import shaded


def test_shades_follow_the_shares() -> None:
    text = "one two three four"
    shares = [
        Share(0, 3, "one", 1.0),
        Share(4, 7, "two", 0.2),
        Share(8, 13, "three", -0.6),
        Share(14, 18, "four", 0.01),
    ]
    assert str(shaded(text, shares, 1.0)) == (
        '<b class="for-4">one</b> <b class="for-1">two</b> <b class="against">three</b> four'
    )


def test_formulas_and_markup_are_left_alone() -> None:
    text = "a <b> $x<y$ end"
    shares = [Share(0, 1, "a", 1.0), Share(7, 8, "x", 1.0)]
    made = str(shaded(text, shares, 1.0))
    assert made == ('<b class="for-4">a</b> &lt;b&gt; <span class="math">x&lt;y</span> end')


def test_a_pair_over_its_words_is_shaded_once() -> None:
    text = "graph neural"
    shares = [Share(0, 5, "graph", 1.0), Share(0, 12, "graph neural", 1.0)]
    assert str(shaded(text, shares, 1.0)) == '<b class="for-4">graph</b> neural'


def test_nothing_learned_is_nothing_shaded() -> None:
    assert str(shaded("a b", [Share(0, 1, "a", 0.0)], 0.0)) == "a b"


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="$\\")),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.floats(-1, 1))),
)
def test_the_text_stays_as_it_was(text: str, places: list[tuple[int, int, float]]) -> None:
    shares = [
        Share(start, end, "", share) for start, end, share in places if start < end <= len(text)
    ]
    made = re.sub(r'<b class="[a-z0-4-]+">|</b>', "", str(shaded(text, shares, 1.0)))
    assert made == str(shaded(text, [], 1.0))
