from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from bookwheel.core import categories
from bookwheel.index.columns import Columns
from bookwheel.index.conditions import fulfilling
from bookwheel.index.dates import day_number
from bookwheel.index.syntax import AllOf, Node, Phrase, Word, parse

# What words each of four papers has, its categories and its day.
PAPERS = [
    ("graph networks survey", "cs.LG stat.ML", "2024-05-01"),
    ("graph theory", "math.CO", "2025-01-31"),
    ("networks", "cs.NI", "2025-02-01"),
    ("boson survey", "hep-ph", "2026-01-01"),
]
COLUMNS = Columns(
    papers=np.arange(4),
    days=np.array([day_number(date.fromisoformat(day)) for *_, day in PAPERS], np.int32),
    categories=np.array([categories.bits(codes) for _, codes, _ in PAPERS], np.uint64),
    flags=np.zeros(4, np.uint8),
    dead=np.empty(0, np.int32),
)


def rows(text: str, asked: list[Node] | None = None) -> list[int]:
    """The rows that fulfil what must hold in a search; every word is in brackets, so it must."""

    def look_up(node: Node) -> NDArray[np.bool_]:
        if asked is not None:
            asked.append(node)
        parts = node.nodes if isinstance(node, AllOf) else (node,)
        wanted = [part.text if isinstance(part, Word) else " ".join(part.words) for part in parts]
        return np.array([all(word in text for word in wanted) for text, *_ in PAPERS])

    required = parse(text).required
    assert required is not None
    return np.flatnonzero(fulfilling(required, COLUMNS, look_up)).tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cat:cs", [0, 2]),
        ("cat:cs OR cat:math.CO", [0, 1, 2]),
        ("-cat:cs", [1, 3]),
        ("-survey", [1, 2]),
        ("-cat:cs -survey", [1]),
        ("ti:graph -survey", [1]),
        ("ti:graph ti:survey", [0]),
        ("date:2025", [1, 2]),
        ("date:2025-02..", [2, 3]),
        ("date:..2025-01", [0, 1]),
        ("-date:2025 ti:survey", [0, 3]),
        ("(ti:graph OR ti:boson) date:2025..", [1, 3]),
        ("(ti:graph cat:cs) OR cat:hep-ph", [0, 3]),
        ('"graph theory" cat:math', [1]),
        ("cat:econ", []),
    ],
)
def test_conditions_of_all_kinds_combine(text: str, found: list[int]) -> None:
    assert rows(text) == found


def test_only_words_are_looked_up_and_those_that_must_all_hold_together() -> None:
    asked: list[Node] = []
    rows('cat:cs date:2024 ti:graph "networks survey"', asked)
    assert asked == [AllOf((Word("graph", "ti"), Phrase(("networks", "survey"))))]
    asked.clear()
    rows("-cat:cs date:2024", asked)
    assert asked == []
