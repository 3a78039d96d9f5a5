from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core.anchors import Spot, Text, anchor, find

TEXT = "We weigh pitchblende. The residue is more active than the ore. The ore is heavy."
QUOTE = "The residue is more active than the ore"


def marked(quote: str, text: str = TEXT, block: str = "s1.p1"):  # type: ignore[no-untyped-def]
    start = text.index(quote)
    return anchor(block, text, start, start + len(quote))


def words_at(texts: list[Text], spot: Spot | None) -> str:
    assert spot is not None
    return next(one.text for one in texts if one.block == spot.block)[spot.start : spot.end]


def test_a_passage_is_found_where_it_was() -> None:
    wanted = marked(QUOTE)
    assert find(wanted, [Text("s1.p1", TEXT)]) == Spot("s1.p1", wanted.start, wanted.end)


def test_a_passage_that_moved_is_found() -> None:
    texts = [Text("s1.p1", "Something new."), Text("s3.p9", "Now: " + TEXT)]
    found = find(marked(QUOTE), texts)
    assert words_at(texts, found) == QUOTE
    assert found is not None
    assert found.exact


def test_of_several_copies_the_one_with_the_same_surroundings_is_meant() -> None:
    text = "Radium is rare. Polonium is rare. Thorium is rare."
    wanted = marked("is rare", "Polonium is rare. Thorium", "s1.p1")
    found = find(wanted, [Text("x", text)])
    assert found == Spot("x", text.index("Polonium") + 9, text.index("Polonium") + 16)


@pytest.mark.parametrize(
    "now",
    [
        "the  residue is MORE active\nthan the ore",
        "The residue is more active, then, than the ore",
        "The residue was more active than this ore",
    ],
)
def test_a_passage_that_was_touched_is_found(now: str) -> None:
    texts = [Text("p0", "Other words stand here."), Text("p1", f"Before it. {now}. After it.")]
    assert words_at(texts, find(marked(QUOTE), texts)) == now


def test_a_passage_that_is_gone_is_not_found() -> None:
    texts = [Text("p1", "The detector is more sensitive than that of others.")]
    assert find(marked(QUOTE), texts) is None
    assert find(marked("We weigh"), [Text("p1", "I weigh.")]) is None


def test_quotation_marks_and_dashes_may_look_otherwise() -> None:
    wanted = marked('a "hot" spot - here', 'On a "hot" spot - here it is.')
    texts = [Text("p", "On a “hot” spot – here it is.")]
    assert words_at(texts, find(wanted, texts)) == "a “hot” spot – here"


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.text(max_size=20))
def test_what_stands_in_a_text_is_found_in_it(text: str, a: int, b: int, more: str) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    wanted = anchor("p", text, start, end)
    texts = [Text("q", more), Text("r", more + text)]
    found = find(wanted, texts)
    if text[start:end].strip():
        assert words_at(texts, found) == wanted.quote
    else:
        assert found is None
