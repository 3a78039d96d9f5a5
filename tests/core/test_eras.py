from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.core import eras

EVEN = np.zeros(eras.SPAN, np.float32)
EVEN[eras.places(np.arange(2010, 2025))] = 1 / 15


def weights(*liked: int, background: np.ndarray = EVEN) -> dict[int, float]:
    fitted = eras.fit(np.array(liked, np.int16), background).tolist()
    return {eras.FIRST + place: weight for place, weight in enumerate(fitted)}


def test_years_of_liked_papers_and_those_beside_them_stand_out() -> None:
    found = weights(2015, 2015, 2016)
    assert max(found, key=found.__getitem__) == 2015
    assert found[2015] > found[2016] > found[2017] > found[2012]
    assert found[2014] > found[2013]


def test_the_present_year_counts_nothing_and_what_is_newer_neither() -> None:
    for liked in (2011, 2018, 2024):
        found = weights(liked)
        assert found[2024] == 0
        assert all(found[year] == 0 for year in range(2024, 2100))


def test_nothing_speaks_against_papers_newer_than_what_is_liked() -> None:
    found = weights(*[2012] * 30)
    assert found[2024] == found[2018] == 0
    assert found[2010] < 0 < found[2012]


def test_new_papers_rise_above_old_ones_when_they_are_liked() -> None:
    found = weights(2024, 2024)
    assert found[2015] < found[2022] < 0


def test_a_year_that_has_just_begun_is_like_the_one_before() -> None:
    begun = EVEN.copy()
    begun[eras.places(np.array([2025]))] = 0.001
    found = weights(2024, 2024, background=begun)
    assert found[2025] == found[2024] == 0


@pytest.mark.parametrize("background", [EVEN, np.zeros(eras.SPAN, np.float32)])
def test_without_known_years_there_is_nothing(background: np.ndarray) -> None:
    assert not len(eras.fit(np.empty(0, np.int16), background))
    assert not len(eras.fit(np.empty(0, np.int16), background))
    assert not len(eras.fit(np.array([2015], np.int16), np.zeros(eras.SPAN, np.float32)))


def test_shares_add_up_to_one_and_odd_years_fall_to_the_ends() -> None:
    found = eras.shares(np.array([1200, 2015, 2015, 9999], np.int16))
    assert found.sum() == pytest.approx(1)
    assert found[eras.places(np.array([2015]))[0]] == pytest.approx(0.5)
    assert found[0] == found[-1] == pytest.approx(0.25)
    assert not eras.shares(np.empty(0, np.int16)).any()


years = st.lists(st.integers(1900, 2200), min_size=1, max_size=30)


@given(years, years)
def test_any_years_give_finite_weights_in_whatever_order(liked: list[int], held: list[int]) -> None:
    background = eras.shares(np.array(held, np.int16))
    found = eras.fit(np.array(liked, np.int16), background)
    assert found.shape == (eras.SPAN,)
    assert np.isfinite(found).all()
    again = eras.fit(np.array(liked[::-1], np.int16), background)
    np.testing.assert_allclose(found, again, atol=1e-5)
