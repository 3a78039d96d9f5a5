"""Tastes are fitted once, whoever asks and in whichever order, and never stale."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from bookwheel.actions.delete_reader import delete_reader
from bookwheel.core.steering import Steering
from bookwheel.core.taste import Taste
from bookwheel.models import Paper
from bookwheel.queries import evidence
from bookwheel.queries.engine import engine
from bookwheel.queries.evidence import Evidence
from bookwheel.queries.tastes import _tastes, forget, store, tastes
from people import Person


@pytest.fixture
def given(library: list[Paper]) -> Evidence:
    numbers = [paper.pk for paper in library[:6]]
    return Evidence(tuple(numbers[:4]), tuple(numbers[4:]), Steering(sentence="speech"), "speech")


def same(one: Taste, other: Taste) -> bool:
    pairs = [(getattr(one, each.name), getattr(other, each.name)) for each in fields(Taste)]
    return all(np.array_equal(first, second) for first, second in pairs)


def test_another_process_finds_what_was_fitted(
    given: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget()
    made = tastes(engine(), [given])[0]
    assert tastes(engine(), [given])[0] is made
    _tastes.clear()  # as in a process that has just begun
    monkeypatch.setattr(evidence, "taste", None)  # nothing is fitted again
    again = tastes(engine(), [given])[0]
    assert again is not made
    assert same(again, made)


def test_the_order_of_clicks_does_not_matter(given: Evidence) -> None:
    turned = Evidence(given.papers[::-1], given.hidden[::-1], given.steering, given.name)
    assert tastes(engine(), [turned])[0] is tastes(engine(), [given])[0]


def test_every_kind_of_evidence_makes_a_taste_of_its_own(given: Evidence) -> None:
    others = [
        Evidence(given.papers[:3], given.hidden, given.steering, given.name),
        Evidence(given.papers, given.hidden[:1], given.steering, given.name),
        Evidence(given.papers, given.hidden, Steering(), given.name),
        Evidence(given.papers, given.hidden, given.steering, "image"),
    ]
    made = tastes(engine(), [given, *others])
    assert len({id(taste) for taste in made}) == len(made)


def test_whoever_leaves_takes_along_what_was_learned_of_them(
    given: Evidence, alice: Person
) -> None:
    tastes(engine(), [given])
    assert store().get([key for key in _tastes._answers if isinstance(key, bytes)])
    keys = [key for key in _tastes._answers if isinstance(key, bytes)]
    delete_reader(alice.reader)
    assert not store().get(keys)
