from __future__ import annotations

import pytest

from bookwheel.assistant.answer import answer
from bookwheel.assistant.events import Done
from bookwheel.assistant.teaching import defines, subjects
from shelves import Shelf, edition


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("Optimal transport is the problem of moving mass at least cost.", True),
        ("Optimal transport (OT) refers to moving mass at least cost.", True),
        ("However, methods for computing optimal transport maps are slow.", False),
        ("We use optimal transport.", False),
    ],
)
def test_definitions_begin_with_their_subject(text: str, whether: bool) -> None:
    assert defines(text, "optimal transport") is whether


def test_what_papers_share_beside_the_subject_is_to_read_before() -> None:
    editions = [
        edition(f"2601.0000{n}", "Optimal transport", "Optimal transport meets convex analysis.")
        for n in range(3)
    ]
    assert subjects("optimal transport", editions) == ["convex analysis"]
    assert subjects("optimal transport", editions[:2]) == []


def test_a_lesson_ends_with_questions_that_quotations_answer() -> None:
    shelf = Shelf(
        edition(
            "2601.00001",
            "A survey of sparse attention",
            "Sparse attention is a mechanism that reads only nearby words. We propose a method "
            "for sparse attention. Results show that sparse attention is faster. However, sparse "
            "attention remains limited in long documents.",
        )
    )
    last = list(answer("Explain sparse attention like I am new", retriever=shelf))[-1]
    assert isinstance(last, Done)
    codes = [part.code for part in last.answer.parts]
    assert codes[0] == ""
    assert "check_what" in codes
    checks = [part for part in last.answer.parts if part.code.startswith("check_")]
    assert all(part.sentences[0].citations for part in checks)
