from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.core.blend import blend, even_sets
from bookwheel.core.taste import Taste


def made(seed: int) -> Taste:
    random = np.random.default_rng(seed)

    def keys(size: int) -> np.ndarray:
        return np.sort(random.choice(20, size, replace=False)).astype(np.int32)

    def weights(size: int) -> np.ndarray:
        return random.standard_normal(size).astype(np.float32)

    return Taste(
        features=keys(6), feature_weights=weights(6), authors=keys(3), author_weights=weights(3),
        categories=keys(2), category_weights=weights(2), vector=weights(8),
        vector_bias=float(random.random()), feature_bias=float(random.random()),
        middle=2 + float(random.random()), slope=0.5 + float(random.random()),
    )  # fmt: skip


def score(taste: Taste, words: np.ndarray, vector: np.ndarray) -> float:
    assert taste.vector is not None
    sums = taste.feature_weights @ words[taste.features] + taste.vector @ vector
    sums += taste.author_weights @ words[taste.authors]
    return float(sums) + taste.vector_bias + taste.feature_bias


@given(st.lists(st.floats(0.1, 5), min_size=1, max_size=4))
@settings(max_examples=40)
def test_scores_of_a_blend_are_the_mean_of_the_scores(weights: list[float]) -> None:
    tastes = [made(seed) for seed in range(len(weights))]
    mixed = blend(list(zip(weights, tastes, strict=True)))
    random = np.random.default_rng(9)
    words, vector = random.random(20), random.random(8)
    mean = np.average([score(one, words, vector) for one in tastes], weights=weights)
    assert score(mixed, words, vector) == pytest.approx(mean, abs=1e-4)
    assert mixed.authors.tolist() == sorted(mixed.authors.tolist())


def test_what_learned_nothing_has_no_part() -> None:
    one = made(1)
    assert blend([(1.0, Taste()), (2.0, one), (0.0, made(2))]) is one
    assert blend([]).vector is None


@given(st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0]), max_size=30))
def test_sets_give_each_its_weight(weights: list[float]) -> None:
    sets = even_sets(weights)
    total = np.zeros(len(weights))
    for weight, places in sets:
        total[places] += weight / len(places)
    assert total.tolist() == pytest.approx(weights)
    assert len(sets) == len({weight for weight in weights if weight})
