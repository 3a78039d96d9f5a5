from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bookwheel.core import pairs
from bookwheel.core.encoder import Encoder
from bookwheel.core.pairs import Library
from bookwheel.core.training import Plan, Training, _contrast, quantise
from bookwheel.core.vocabulary import Wanted, choose
from bookwheel.errors import InputError

TOPICS = (
    "quantum field theory of black holes and the entropy of their event horizon",
    "neural network training with stochastic gradient descent on images of cats",
)
PHYSICS, LEARNING = (topic.split() for topic in TOPICS)
SHARED = ["results", "method", "approach"]
PLAN = Plan(
    wanted=Wanted(least=20),
    learned=16,
    sketch=8,
    buckets=64,
    sketch_size=0.2,
    steps=60,
    batch=32,
    rate=0.02,
    warming=5,
)


def made_papers(count: int = 400) -> Library:
    random = np.random.default_rng(0)
    topics = [PHYSICS, LEARNING] * (count // 2)
    return Library(
        titles=[" ".join(random.permutation(topic)[:4]) for topic in topics],
        abstracts=[
            " ".join(random.permutation(topic + SHARED)[:11])
            + " black hole horizon" * (topic is PHYSICS)
            for topic in topics
        ],
        categories=["gr-qc", "cs.LG"] * (count // 2),
        authors=[[f"{number % 100} of {number % 2}"] for number in range(count)],
    )


def trained(plan: Plan) -> Encoder:
    training = Training(made_papers(), plan)
    for _ in training.run():
        pass
    return training.finish()


def test_features_are_words_and_firm_pairs_by_frequency() -> None:
    library = made_papers()
    chosen = choose(library.abstracts, Wanted(least=20))
    assert {"quantum", "gradient", "black hole", "hole horizon"} <= set(chosen.vocabulary)
    assert not {"of", "the", "and"} & set(chosen.vocabulary)
    assert not any({"of", "the"} & set(name.split()) for name in chosen.vocabulary)
    assert chosen.frequencies.tolist() == sorted(chosen.frequencies, reverse=True)
    assert chosen.frequencies[chosen.vocabulary.index("black hole")] == 200


def test_words_of_one_topic_come_to_lie_together() -> None:
    begun, done = (trained(replace(PLAN, steps=steps)) for steps in (1, 60))
    told = []
    for encoder in (begun, done):
        quantum, entropy, gradient = encoder.encode(["quantum", "entropy", "gradient"])
        told.append((float(quantum @ entropy), float(quantum @ gradient)))
    (near_before, _), (near, far) = told
    assert near > near_before + 0.1
    assert near > far + 0.3


def test_the_loss_falls() -> None:
    training = Training(made_papers(), PLAN)
    told = list(training.run())
    assert [one.step for one in told] == list(range(1, 61))
    assert told[-1].done == 1
    titles = [one.loss for one in told if one.kind == "titles"]
    assert np.mean(titles[-5:]) < np.mean(titles[:5])


def test_training_twice_gives_the_same_encoder() -> None:
    assert trained(PLAN).fingerprint == trained(PLAN).fingerprint
    assert trained(PLAN).fingerprint != trained(replace(PLAN, seed=2)).fingerprint


def test_a_training_that_was_stopped_goes_on_to_the_same_encoder() -> None:
    first = Training(made_papers(), PLAN)
    for progress in first.run():
        if progress.step == 20:
            break
    second = Training(made_papers(), PLAN)
    assert second.resume(first.state())
    assert second.step == 20
    for _ in second.run():
        pass
    assert second.finish().fingerprint == trained(PLAN).fingerprint


def test_the_state_of_another_training_is_refused() -> None:
    training = Training(made_papers(), PLAN)
    assert not training.resume(Training(made_papers(), replace(PLAN, seed=2)).state())
    assert not training.resume(Training(made_papers(300), PLAN).state())
    assert training.step == 0


def test_a_training_ends_in_time() -> None:
    training = Training(made_papers(), PLAN)
    clock = iter([0.0, 0.4, 0.4, 0.9, 0.9, 1.0, 1.0, 1.0])
    assert [progress.step for progress in training.run(lambda: next(clock))] == [1, 2, 3]


def test_no_common_words_say_so() -> None:
    with pytest.raises(InputError, match="more papers"):
        Training(made_papers(10), PLAN)


def test_the_slope_is_that_of_the_loss() -> None:
    units = np.random.default_rng(0).standard_normal((12, 7))
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    loss, slope = _contrast(np, units, 6)
    for place in ((0, 0), (5, 3), (6, 1), (11, 6)):
        moved = units.copy()
        moved[place] += 1e-6
        assert (_contrast(np, moved, 6)[0] - loss) / 1e-6 == pytest.approx(slope[place], abs=1e-3)


@pytest.mark.parametrize("kind", pairs.KINDS)
def test_pairs_belong_together(kind: str) -> None:
    library = made_papers()
    for seed in range(50):
        found, (left, right) = pairs.draw(library, 40, np.random.default_rng(seed))
        if found == kind:
            break
    assert found == kind
    assert 20 <= len(left) == len(right) <= 40
    for one, other in zip(left, right, strict=True):
        rest = set(" ".join((one, other)).split()) - {"."}
        assert rest <= {*PHYSICS, *SHARED, "hole", "black"} or rest <= {*LEARNING, *SHARED}


def test_papers_without_authors_or_words_can_be_learned_from() -> None:
    library = Library(["a", "b"] * 20, ["", "one"] * 20, ["x"] * 40, [[]] * 40)
    for seed in range(20):
        kind, (left, right) = pairs.draw(library, 8, np.random.default_rng(seed))
        assert kind != "authors"
        assert len(left) == len(right)


def test_quantised_rows_are_within_half_a_step() -> None:
    vectors = np.random.default_rng(0).standard_normal((50, 16)).astype(np.float32)
    table, scale = quantise(vectors)
    worst = np.abs(table * scale[:, None] - vectors).max(axis=1)
    assert (worst <= scale * 0.5001).all()
