from __future__ import annotations

from datetime import date

import pytest

from bookwheel.assistant.questions import Kind, Turn, understand
from bookwheel.assistant.retriever import Days

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("text", "kind", "topic"),
    [
        ("What do the papers say about sparse attention?", Kind.ABOUT, "sparse attention"),
        ("Who works on quantum error correction?", Kind.WHO, "quantum error correction"),
        (
            "Which papers use graph networks for molecules?",
            Kind.PAPERS,
            "use graph networks for molecules",
        ),
        ("Explain diffusion models like I'm new", Kind.LEARN, "diffusion models"),
        ("Summarise this paper by section", Kind.SUMMARY, "section"),
        ("What do the figures show?", Kind.FIGURES, "figures"),
        ("What is new on superconductors this month?", Kind.NEW, "superconductors"),
    ],
)
def test_kinds_and_topics(text: str, kind: Kind, topic: str) -> None:
    asked = understand(text, today=TODAY)
    assert (asked.kind, asked.topic) == (kind, topic)


def test_a_comparison_has_two_sides() -> None:
    asked = understand("Compare dropout and batch normalization.", today=TODAY)
    assert asked.kind is Kind.COMPARE
    assert asked.sides == ("dropout", "batch normalization")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("what is new on robots this week", Days(first="2026-05-13")),
        ("latest work on robots", Days(first="2026-04-19")),
        ("robots since 2020", Days(first="2020-01-01")),
        ("robots in 2020", Days("2020-01-01", "2020-12-31")),
        ("robots before 2020", Days(last="2019-12-31")),
        ("news of the last 3 weeks on robots", Days(first="2026-04-29")),
        ("robots", Days()),
    ],
)
def test_periods(text: str, days: Days) -> None:
    assert understand(text, today=TODAY).days == days


def test_a_question_that_leans_on_the_one_before_is_searched_with_both() -> None:
    history = [Turn("What do papers say about sparse attention?")]
    asked = understand("And for images?", today=TODAY, history=history)
    assert "images" in asked.topic
    assert "sparse attention" in asked.topic
