from __future__ import annotations

import numpy as np
import pytest

from bookwheel.core.training import Plan, quantise, train
from bookwheel.core.vocabulary import Wanted, choose
from bookwheel.errors import InputError

TOPICS = (
    "quantum field theory of black holes and the entropy of their event horizon",
    "neural network training with stochastic gradient descent on images of cats",
)
PHYSICS, LEARNING = (topic.split() for topic in TOPICS)
SHARED = ["results", "method", "approach"]


def made_papers() -> list[str]:
    random = np.random.default_rng(0)
    return [
        " ".join(random.permutation(topic + SHARED)[:11])
        + " black hole horizon" * (topic is PHYSICS)
        for topic in [PHYSICS, LEARNING] * 200
    ]


def test_features_are_words_and_firm_pairs_by_frequency() -> None:
    chosen = choose(made_papers(), Wanted(least=20))
    assert {"quantum", "gradient", "black hole", "hole horizon"} <= set(chosen.vocabulary)
    assert not {"of", "the", "and"} & set(chosen.vocabulary)
    assert not any({"of", "the"} & set(name.split()) for name in chosen.vocabulary)
    assert chosen.frequencies.tolist() == sorted(chosen.frequencies, reverse=True)
    assert chosen.frequencies[chosen.vocabulary.index("black hole")] == 200


def test_words_of_one_topic_come_to_lie_together() -> None:
    steps: list[str] = []
    plan = Plan(wanted=Wanted(least=20), dimensions=1)
    encoder = train(made_papers(), plan, steps.append)
    assert len(steps) == 3
    quantum, entropy, gradient = encoder.encode(["quantum", "entropy", "gradient"])
    assert quantum @ entropy == pytest.approx(1)
    assert quantum @ gradient == pytest.approx(-1)


def test_training_twice_gives_the_same_encoder() -> None:
    plan = Plan(wanted=Wanted(least=20), dimensions=4, sample=300)
    first, second = (train(made_papers(), plan, lambda step: None) for _ in range(2))
    assert first.fingerprint == second.fingerprint


def test_too_few_words_say_so() -> None:
    with pytest.raises(InputError, match="more papers"):
        train(made_papers()[:50], Plan(), lambda step: None)


def test_quantised_rows_are_within_half_a_step() -> None:
    vectors = np.random.default_rng(0).standard_normal((50, 16)).astype(np.float32)
    table, scale = quantise(vectors)
    worst = np.abs(table * scale[:, None] - vectors).max(axis=1)
    assert (worst <= scale * 0.5001).all()
