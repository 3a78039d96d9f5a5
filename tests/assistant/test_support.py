from __future__ import annotations

import random

import numpy as np
import pytest

from bookwheel.assistant.evidence import candidates
from bookwheel.assistant.support import measure, odd, shipped
from bookwheel.core.quotes import Quote
from shelves import Shelf, edition

SAID = (
    "Sparse attention reduces the memory that long documents take by a factor of three, "
    "although it forgets facts that stand far apart."
)


@pytest.fixture
def quoted() -> tuple[Shelf, Quote]:
    one = edition("2601.00001", "Sparse attention", SAID)
    return Shelf(one), candidates(one)[0].quote


def support(shelf: Shelf, quote: Quote, text: str) -> float:
    measures = measure(text, [quote], shelf.encode([quote.text]), shelf)
    return 0.0 if measures is None else float(shipped().of(measures[None])[0])


def test_a_quotation_bears_itself_out(quoted: tuple[Shelf, Quote]) -> None:
    assert support(*quoted, SAID) >= shipped().said


def test_shuffled_words_of_a_quotation_are_struck(quoted: tuple[Shelf, Quote]) -> None:
    words = SAID.split()
    for seed in range(5):
        text = " ".join(random.Random(seed).sample(words, len(words)))
        assert support(*quoted, text) < shipped().hardly


def test_what_has_nothing_to_do_with_it_is_struck(quoted: tuple[Shelf, Quote]) -> None:
    assert support(*quoted, "Bananas grow in warm countries.") < shipped().hardly
    assert support(*quoted, "It is so.") == 0


def test_the_opposite_is_less_borne_out(quoted: tuple[Shelf, Quote]) -> None:
    same = "Sparse attention reduces the memory of long documents."
    assert support(*quoted, same.replace("reduces", "increases")) < support(*quoted, same)


def test_other_numbers_and_negations_are_odd(quoted: tuple[Shelf, Quote]) -> None:
    _, quote = quoted
    assert odd("Sparse attention reduces the memory by 7 percent.", [quote])
    assert odd("Sparse attention does not reduce the memory.", [quote])
    assert not odd("Sparse attention reduces the memory.", [quote])


def test_lines_are_in_order() -> None:
    used = shipped()
    assert 0 < used.hardly < used.said < 1
    assert np.isfinite(used.weights).all()
