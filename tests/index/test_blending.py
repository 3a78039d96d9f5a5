from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.index.blending import blend
from bookwheel.index.query import Hits

numbers = st.floats(-1e3, 1e3, width=32)


def hits(scores: list[float]) -> Hits:
    given = np.sort(np.array(scores, np.float32))[::-1]
    rows = np.arange(len(given))
    parts = {"lexical": given - 1, "vector": np.ones_like(given)}
    return Hits(rows + 100, rows, given, parts, total=7, took=0.5)


@given(st.lists(numbers, max_size=30), st.lists(numbers, max_size=30))
def test_parts_sum_up_and_whoever_was_not_asked_stays_behind(
    scores: list[float], said: list[float]
) -> None:
    before, asked = hits(scores), min(len(scores), len(said))
    after = blend(before, np.array(said[:asked], np.float32))
    assert sorted(after.rows[:asked]) == list(range(asked))
    assert after.rows[asked:].tolist() == before.rows[asked:].tolist()
    assert (after.total, after.took) == (before.total, before.took)
    np.testing.assert_array_equal(after.papers, after.rows + 100)
    tolerance = {"rtol": 1e-4, "atol": 1e-2}
    np.testing.assert_allclose(sum(after.parts.values()), after.scores, **tolerance)
    falls = np.diff(after.scores)
    assert (falls <= 1e-2 + 1e-4 * np.abs(after.scores[1:])).all()
    if asked:
        assert not after.parts["rerank"][asked:].any()


def test_it_is_the_order_of_both_together() -> None:
    before = hits([4.0, 3.0, 2.0, 1.0])
    same = blend(before, np.array([4, 3, 2, 1], np.float32))
    assert same.rows.tolist() == [0, 1, 2, 3]
    other = blend(before, np.array([0, 0, 0, 9], np.float32))
    assert other.rows.tolist() == [0, 3, 1, 2]
    assert blend(before, np.array([5, 5, 5, 5], np.float32)).scores.tolist() == [4, 3, 2, 1]
    some = blend(before, np.array([0, 2, 9], np.float32))
    assert some.rows.tolist() == [0, 2, 1, 3]
    assert blend(hits([2.0, 2.0]), np.array([0, 1], np.float32)).rows.tolist() == [1, 0]
    assert blend(before, np.empty(0, np.float32)) is before
