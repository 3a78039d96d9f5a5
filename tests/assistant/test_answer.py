from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from bookwheel.assistant.answer import answer
from bookwheel.assistant.events import Answer, Done, Event, Failed, QuoteFound, Status, Token
from bookwheel.assistant.models import Message, Stop
from bookwheel.core.quotes import held
from bookwheel.errors import ModelError
from shelves import Scripted, Shelf, edition

QUESTION = "What limits sparse attention in long documents?"


def ended(events: Iterator[Event]) -> Answer:
    last = list(events)[-1]
    assert isinstance(last, Done)
    return last.answer


def written(shelf: Shelf, text: str) -> list[tuple[str, tuple[int, ...], Status, str]]:
    model = Scripted(lambda _: text)
    made = ended(answer(QUESTION, retriever=shelf, model=model))
    prose = next(part for part in made.parts if part.form == "prose")
    return [(one.text, one.citations, one.status, one.reason) for one in prose.sentences]


def test_without_a_model_every_sentence_is_a_quotation(shelf: Shelf) -> None:
    made = ended(answer(QUESTION, retriever=shelf))
    quotes = {quote.n: quote for quote in made.quotes}
    assert made.sentences()
    for sentence in made.sentences():
        assert sentence.text == quotes[sentence.citations[0]].text
    assert all(held(quote, shelf.held[quote.paper]) for quote in made.quotes)


@pytest.mark.parametrize(
    "question",
    [
        "Compare sparse attention and transformers",
        "Who works on sparse attention?",
        "Which papers are about sparse attention?",
        "What is new on sparse attention this month?",
        "Explain sparse attention like I'm new",
        "Summarise sparse attention",
        "What do the figures show about sparse attention?",
    ],
)
def test_every_kind_of_question_gets_quotations(shelf: Shelf, question: str) -> None:
    made = ended(answer(question, retriever=shelf))
    assert made.quotes
    numbers = {quote.n for quote in made.quotes}
    assert {n for one in made.sentences() for n in one.citations} <= numbers


def test_a_comparison_is_a_table_with_a_citation_in_each_cell(shelf: Shelf) -> None:
    made = ended(answer("Compare sparse attention and transformers", retriever=shelf))
    table = next(part for part in made.parts if part.form == "table")
    assert table.columns == ("sparse attention", "transformers")
    assert table.rows
    assert all(cell.citations for row in table.rows for cell in row if cell)


def test_what_papers_do_not_say_is_said(shelf: Shelf) -> None:
    made = ended(answer("Which football team won the cup in Brazil?", retriever=shelf))
    assert not made.found
    assert made.parts[0].code == "not_said"
    assert made.searched.papers == 2


def test_quotations_come_before_the_first_word_of_a_model(shelf: Shelf) -> None:
    model = Scripted(lambda _: "Sparse attention forgets facts that stand far apart [1].")
    kinds = [type(event) for event in answer(QUESTION, retriever=shelf, model=model)]
    assert kinds.index(QuoteFound) < kinds.index(Token)


def test_a_sentence_that_is_borne_out_is_shown_as_said(shelf: Shelf) -> None:
    numbers = ended(answer(QUESTION, retriever=shelf)).quotes
    one = next(quote for quote in numbers if "forgets" in quote.text)
    text = f"Sparse attention forgets facts that stand far apart in long documents [{one.n}]."
    [(_, cited, status, _)] = written(shelf, text)
    assert (cited, status) == ((one.n,), Status.SUPPORTED)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Sparse attention forgets facts [99].", "no_quote"),
        ("Sparse attention forgets facts [1][99].", "no_quote"),
        ("As arXiv:2401.99999 shows, sparse attention forgets facts [1].", "no_paper"),
        ("Smith et al. (2021) show that sparse attention forgets facts [1].", "no_paper"),
        ("Sparse attention, see https://example.org, forgets facts [1].", "no_paper"),
        ('They say "sparse attention never forgets anything at all" [1].', "altered"),
        ("Bananas are grown in warm countries and eaten all over the world [1].", "unsupported"),
    ],
)
def test_forgeries_are_struck(shelf: Shelf, text: str, reason: str) -> None:
    [(_, _, status, why)] = written(shelf, text)
    assert (status, why) == (Status.STRUCK, reason)


def test_what_cites_nothing_is_the_models_own(shelf: Shelf) -> None:
    [(_, cited, status, _)] = written(shelf, "I hope that this helps you with your thesis.")
    assert (cited, status) == ((), Status.OWN)


def test_when_nothing_of_a_model_holds_the_quotations_are_shown(shelf: Shelf) -> None:
    model = Scripted(lambda _: "Bananas are yellow fruits of warm countries [77].")
    made = ended(answer(QUESTION, retriever=shelf, model=model))
    assert any(one.status is Status.QUOTED for one in made.sentences())


def test_a_model_that_finds_nothing_says_so(shelf: Shelf) -> None:
    model = Scripted(lambda _: "The papers do not say.")
    made = ended(answer(QUESTION, retriever=shelf, model=model))
    assert not made.found
    assert any(part.code == "not_said" for part in made.parts)


class Failing(Scripted):
    """Breaks off after a sentence, or at once."""

    def __init__(self, code: str, after: str = "") -> None:
        super().__init__(lambda _: after)
        self.code = code

    def stream(
        self, messages: Sequence[Message], *, limit: int, stop: Stop | None = None
    ) -> Iterator[str]:
        self.told.append(messages)
        yield from self.script("")
        raise ModelError("It broke.", self.code)


@pytest.mark.parametrize("code", ["died", "slow", "refused", "unreachable"])
def test_when_a_model_fails_the_quotations_stay(shelf: Shelf, code: str) -> None:
    last = list(answer(QUESTION, retriever=shelf, model=Failing(code)))[-1]
    assert isinstance(last, Failed)
    assert last.code == code
    assert last.retry == (code != "refused")
    assert last.answer
    assert any(one.status is Status.QUOTED for one in last.answer.sentences())


def test_what_is_too_long_is_tried_with_fewer_quotations(shelf: Shelf) -> None:
    model = Failing("context")
    list(answer(QUESTION, retriever=shelf, model=model))
    counts = [told[-1].content.count("<quotation ") for told in model.told]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) > 1


def test_a_reader_can_stop_it(shelf: Shelf) -> None:
    stop = Stop()
    model = Scripted(lambda _: "Sparse attention forgets facts [1]. " * 50)
    seen = 0
    for event in answer(QUESTION, retriever=shelf, model=model, stop=stop):
        seen += isinstance(event, Token)
        stop.wanted = stop.wanted or seen == 5
        last = event
    assert isinstance(last, Done)
    assert last.answer.stopped
    assert seen == 5


def test_a_model_in_circles_is_cut_off(shelf: Shelf) -> None:
    said = written(shelf, "Sparse attention forgets facts [1]. " * 200)
    assert len(said) == 1


def test_near_duplicates_are_folded() -> None:
    text = "We show that sparse attention forgets facts in long documents."
    shelf = Shelf(edition("2601.00001", "One", text), edition("2601.00002", "Two", text))
    assert len(ended(answer(QUESTION, retriever=shelf)).quotes) == 1
