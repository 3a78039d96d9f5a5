from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.index import extremes

SIZES = st.sampled_from([0, 1, 63, 64, 65, 1000, 20_000])


def drawn(seed: int, size: int, different: int, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers, few of them different, so that many tie; and a mask over them."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, different, size), rng.random(size) < share


@given(st.integers(0, 99), SIZES, st.sampled_from([1, 3, 10_000]), st.sampled_from([0, 0.02, 1]))
@pytest.mark.parametrize("count", [1, 20, 500])
def test_the_highest_are_those_of_a_full_sort_and_the_last_of_equal_ones(
    count: int, seed: int, size: int, different: int, share: float
) -> None:
    values, mask = drawn(seed, size, different, share)
    allowed = np.flatnonzero(mask)
    best = allowed[np.lexsort((-allowed, -values[allowed]))][:count]
    found = extremes.highest(values.astype(np.float32), mask, count)
    assert found.tolist() == sorted(best.tolist())


@given(st.integers(0, 99), SIZES, st.sampled_from([1, 3, 257]), st.sampled_from([0, 0.02, 1]))
@pytest.mark.parametrize("count", [1, 20, 500])
def test_the_lowest_are_those_of_a_full_sort_and_all_ties(
    count: int, seed: int, size: int, different: int, share: float
) -> None:
    values, mask = drawn(seed, size, different, share)
    allowed = np.flatnonzero(mask)
    edge = np.sort(values[allowed])[:count][-1:]
    expected = allowed[values[allowed] <= edge] if len(edge) else allowed
    found = extremes.lowest(values.astype(np.uint16), mask, count)
    assert found.tolist() == expected.tolist()


def test_a_sample_that_misleads_changes_nothing() -> None:
    values = np.zeros(64_000, np.float32)
    values[::64] = np.arange(1000) + 1  # the sample sees the highest, and only them
    everything = np.ones(len(values), np.bool_)
    assert extremes.highest(values, everything, 1000).tolist() == list(range(0, 64_000, 64))
    assert len(extremes.highest(values, everything, 5000)) == 5000
    values[::64], values[1:5000] = 0, 7  # and here it sees none of them
    assert (values[extremes.highest(values, everything, 300)] == 7).all()
