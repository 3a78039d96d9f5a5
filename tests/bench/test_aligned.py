"""Alignment of sentences with masks."""

from __future__ import annotations

import pytest

from bookwheel.bench.aligned import MASK, Running, errors


@pytest.mark.parametrize(
    ("sentence", "window", "wrong"),
    [
        ("a b c", "x a b c y", 0),
        ("a b c", "x a z c y", 1),
        ("a b c", "x a b z c y", 1),
        ("a b c", "x a c y", 1),
        (f"a {MASK} c", "x a eight c y", 0),
        (f"a {MASK} c", "x a c y", 0),
        (f"a {MASK} c", "x a one two c y", 1),
        ("a eight c", f"x a {MASK} c", 0),
        ("a b c", "x y z", 3),
    ],
)
def test_errors_are_words_changed_added_or_left_out(sentence: str, window: str, wrong: int) -> None:
    assert errors(sentence.split(" "), window.split(" ")) == wrong


def test_the_best_place_counts() -> None:
    running = Running(
        [
            "we",
            "use",
            "heads",
            "in",
            "all",
            "layers",
            "and",
            "we",
            "use",
            "eight",
            "heads",
            "in",
            "most",
            "layers",
        ]
    )
    assert running.share(["we", "use", MASK, "heads", "in", "most", "layers"]) == 1.0
    assert running.share(["we", "use", "ten", "heads", "in", "most", "layers"]) == pytest.approx(
        6 / 7
    )
    assert running.share(["nothing", "like", "that"]) == 0.0
