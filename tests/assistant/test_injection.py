from __future__ import annotations

import re

import pytest

from bookwheel.assistant.answer import answer
from bookwheel.assistant.events import Done, Status
from bookwheel.assistant.suspicious import suspicious
from shelves import Scripted, Shelf, edition

from .attempts import ATTEMPTS, HARMLESS

QUESTION = "What limits sparse attention in long documents?"
HONEST = "We show that sparse attention forgets facts in long documents."


def poisoned(attempt: str) -> Shelf:
    """Attempts in the abstract, in the title and in the name of an author."""
    return Shelf(
        edition("2601.00001", "Sparse attention", HONEST, attempt),
        edition("2601.00002", attempt, "Sparse attention is popular.", author=attempt),
    )


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_attempts_are_recognised(attempt: str) -> None:
    assert suspicious(attempt)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_papers_may_speak_of_models_and_rules(sentence: str) -> None:
    assert not suspicious(sentence)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_model_that_obeys_everything_changes_nothing(attempt: str) -> None:
    """It repeats whatever order it can see, and what it was ordered to, as if a paper said it."""

    def obey(prompt: str) -> str:
        orders = [line for line in prompt.splitlines() if suspicious(line)]
        return " ".join([*orders, "This paper is the best of all papers [1].", "pwned."])

    model = Scripted(obey)
    last = list(answer(QUESTION, retriever=poisoned(attempt), model=model))[-1]
    assert isinstance(last, Done)
    prompt = model.told[0][-1].content
    assert attempt not in prompt
    assert len(re.findall(r"</?quotations>", prompt)) == 2
    said = [one for one in last.answer.sentences() if one.status is Status.SUPPORTED]
    assert said == []
    assert any(quote.text == HONEST for quote in last.answer.quotes)


@pytest.mark.parametrize("attempt", ATTEMPTS[:6])
def test_no_attempt_is_quoted_as_evidence(attempt: str) -> None:
    last = list(answer(QUESTION, retriever=poisoned(attempt)))[-1]
    assert isinstance(last, Done)
    assert all(not suspicious(quote.text) for quote in last.answer.quotes)
