"""Measures against values worked out by hand, against scikit-learn's, and what must always hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score, roc_auc_score

from bookwheel.core import metrics

gains = st.lists(st.integers(0, 3), min_size=2, max_size=40)
depths = st.integers(1, 50)


def test_ndcg_by_hand() -> None:
    """Relevant papers at ranks 1 and 3, of three in all."""
    best = 1 + 1 / math.log2(3) + 1 / 2
    assert metrics.ndcg([1, 0, 1, 0], [1, 1, 1], 10) == pytest.approx((1 + 1 / 2) / best)
    assert metrics.ndcg([1, 0, 1, 0], [1, 1, 1], 2) == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert metrics.ndcg([0, 0], [1], 2) == 0
    assert metrics.ndcg([], [], 10) == 0


def test_ndcg_counts_grades_as_they_are() -> None:
    best = 2 + 1 / math.log2(3)
    assert metrics.ndcg([1, 2], [2, 1], 10) == pytest.approx((1 + 2 / math.log2(3)) / best)


@given(gains, depths)
def test_ndcg_is_that_of_scikit_learn(found: list[int], depth: int) -> None:
    assume(any(found))
    scores = np.arange(len(found), 0, -1)
    expected = ndcg_score([found], [scores], k=depth, ignore_ties=True)
    assert metrics.ndcg(found, found, depth) == pytest.approx(expected)


@given(gains, depths)
def test_ndcg_is_one_for_the_best_order_and_no_more_for_any(found: list[int], depth: int) -> None:
    assume(any(found))
    assert metrics.ndcg(sorted(found, reverse=True), found, depth) == pytest.approx(1)
    assert 0 <= metrics.ndcg(found, found, depth) <= 1 + 1e-12


def test_recall_by_hand() -> None:
    assert metrics.recall([0, 1, 2, 0, 1], 4, 3) == 2 / 4
    assert metrics.recall([0, 1, 2, 0, 1], 4, 100) == 3 / 4
    assert metrics.recall([], 0, 5) == 0


@given(gains, depths)
def test_recall_grows_with_depth(found: list[int], depth: int) -> None:
    relevant = np.count_nonzero(found)
    assert metrics.recall(found, relevant, depth) <= metrics.recall(found, relevant, depth + 1) <= 1


def test_mrr_by_hand() -> None:
    assert metrics.mrr([1, 0]) == 1
    assert metrics.mrr([0, 0, 3, 1]) == pytest.approx(1 / 3)
    assert metrics.mrr([0, 0]) == metrics.mrr([]) == 0


def test_auc_by_hand() -> None:
    assert metrics.auc([3.0, 1.0], [2.0, 0.0]) == 3 / 4
    assert metrics.auc([1.0], [1.0, 0.0]) == 3 / 4  # a tie is half
    assert math.isnan(metrics.auc([], [1.0]))
    assert math.isnan(metrics.auc([1.0], []))


scores = st.lists(st.integers(-5, 5), min_size=1, max_size=30)


@given(scores, scores)
def test_auc_is_that_of_scikit_learn(relevant: list[int], others: list[int]) -> None:
    truth = [1] * len(relevant) + [0] * len(others)
    expected = roc_auc_score(truth, relevant + others)
    assert metrics.auc(relevant, others) == pytest.approx(expected)
    assert metrics.auc(others, relevant) == pytest.approx(1 - expected)


def test_bootstrap_comes_near_the_normal_interval() -> None:
    """For the mean of many values both are known to agree."""
    values = np.random.default_rng(3).normal(5, 2, 400)
    found = metrics.bootstrap(values)
    half = 1.96 * values.std() / math.sqrt(len(values))
    assert found.mean == pytest.approx(values.mean())
    assert found.low == pytest.approx(values.mean() - half, abs=0.03)
    assert found.high == pytest.approx(values.mean() + half, abs=0.03)


@settings(max_examples=25)  # each resamples thousands of times
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(0, 5))
def test_bootstrap_holds_the_mean_and_repeats_itself(values: list[float], seed: int) -> None:
    found = metrics.bootstrap(values, seed=seed)
    assert min(values) - 1e-9 <= found.low <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.high <= max(values) + 1e-9
    assert found == metrics.bootstrap(values, seed=seed)


def test_bootstrap_of_little() -> None:
    assert metrics.bootstrap([0.25]) == metrics.Interval(0.25, 0.25, 0.25)
    assert math.isnan(metrics.bootstrap([]).mean)


def test_pairs_tell_what_two_intervals_cannot() -> None:
    """Cases differ by far more than the methods do, and one method is always a little better."""
    random = np.random.default_rng(0)
    theirs = random.uniform(0, 1, 30)
    ours = theirs + random.uniform(0.01, 0.03, 30)
    gain = metrics.paired_bootstrap(ours, theirs)
    assert gain.mean == pytest.approx((ours - theirs).mean())
    assert 0.01 < gain.low < gain.mean < gain.high < 0.03
    assert metrics.bootstrap(ours).low < metrics.bootstrap(theirs).high


def test_what_is_not_paired_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values cannot be paired with 3"):
        metrics.paired_bootstrap([1, 2], [1, 2, 3])
