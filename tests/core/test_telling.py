from __future__ import annotations

import numpy as np

from bookwheel.core.telling import most_telling


def unit(rows: list[list[float]]) -> np.ndarray:
    made = np.array(rows, np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


TWO_TOPICS = unit([[1, 0.1, 0], [1, 0, 0.1], [0.1, 1, 0], [0, 1, 0.1]])


def test_a_pair_is_from_two_topics_and_undecided() -> None:
    ((one, other),) = most_telling(TWO_TOPICS, np.full(4, 0.5, np.float32))
    assert {one // 2, other // 2} == {0, 1}
    chances = np.array([0.9, 0.1, 0.1, 0.85], np.float32)
    assert most_telling(TWO_TOPICS, chances) == [(0, 3)]


def test_no_paper_is_asked_about_twice() -> None:
    pairs = most_telling(TWO_TOPICS, np.zeros(4, np.float32), 5)
    assert len(pairs) == 2
    assert sorted(at for pair in pairs for at in pair) == [0, 1, 2, 3]


def test_without_two_papers_there_is_no_pair() -> None:
    assert most_telling(TWO_TOPICS[:1], np.zeros(1, np.float32)) == []
    assert most_telling(TWO_TOPICS[:0], np.zeros(0, np.float32)) == []
