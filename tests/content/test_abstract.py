from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bookwheel.content.abstract import abstract_document
from bookwheel.core.document import Mark, Source


def test_an_abstract_becomes_blocks_with_sentences_and_spans() -> None:
    made = abstract_document(
        "On $x^2$ by Erd\\H{o}s",
        "We \\emph{prove} $a<b$. It costs $5.\n  See https://a.org/b now.",
        ["P. Erdős"],
    )
    assert made.source is Source.ABSTRACT
    assert made.title == "On x² by Erdős"
    first, second = made.abstract
    assert first.text == "We prove $a<b$. It costs $5."
    assert [first.text[each.start : each.end] for each in first.sentences] == [
        "We prove $a<b$.",
        "It costs $5.",
    ]
    assert [(first.text[s.start : s.end], s.mark) for s in first.spans] == [
        ("prove", Mark.EMPHASIS),
        ("$a<b$", Mark.MATH),
    ]
    assert [(second.text[s.start : s.end], s.target) for s in second.spans] == [
        ("https://a.org/b", "https://a.org/b")
    ]
    assert [first.id, second.id] == ["a.p1", "a.p2"]


def test_an_empty_abstract_has_no_blocks() -> None:
    assert abstract_document("T", " \n ", []).abstract == ()


@given(st.text(alphabet="ab $\\{}\n.<&\\emph%", max_size=80))
def test_offsets_stay_inside_the_text(abstract: str) -> None:
    for block in abstract_document("t", abstract, []).abstract:
        assert all(0 <= s.start < s.end <= len(block.text) for s in block.sentences)
        assert all(0 <= s.start < s.end <= len(block.text) for s in block.spans)
