"""A report: its plan, its parts, and what becomes of it when it is stopped or a model fails."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from bookwheel.assistant.answer import answer
from bookwheel.assistant.events import (
    Answer,
    Done,
    Event,
    Failed,
    Form,
    PartBegun,
    QuoteFound,
    SentenceDone,
    Status,
    Step,
)
from bookwheel.assistant.models import Stop
from bookwheel.assistant.questions import Kind, understand
from bookwheel.assistant.reports import plan
from bookwheel.core.quotes import held
from bookwheel.errors import ModelError
from shelves import Scripted, Shelf, edition

TODAY = date(2026, 5, 20)
PLAN = """Research sparse attention
- What limits sparse attention in long documents?
- Which football team won the cup in Brazil?
- What is sparse attention?"""


def sections(made: Answer) -> list[str]:
    return [part.heading for part in made.parts if part.form is Form.SECTION]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Research sparse attention", "sparse attention"),
        ("/research graphene on copper.", "graphene on copper"),
        ("Deep research: the Hubble tension", "the Hubble tension"),
        ("Write a report on dropout in transformers", "dropout in transformers"),
        ("Please write me a literature review of optimal transport", "optimal transport"),
        ("Literature survey on exoplanets", "exoplanets"),
    ],
)
def test_a_report_is_asked_for_in_words(text: str, topic: str) -> None:
    asked = understand(text, today=TODAY)
    assert (asked.kind, asked.topic) == (Kind.REPORT, topic)


@pytest.mark.parametrize(
    "text",
    [
        "What does research on sparse attention say?",
        "Research shows that dropout helps",
        "Researchers who work on dropout",
        "Is there a report on dropout?",
        "Research",
        "Which papers report on dropout?",
        "research papers on dropout",
    ],
)
def test_other_questions_are_no_reports(text: str) -> None:
    assert understand(text, today=TODAY).kind is not Kind.REPORT


def test_lines_below_are_the_plan_however_they_are_marked() -> None:
    asked = understand(
        "Research it all\n\n- One?\n 2. Two  words\n* Three\nnot a line", today=TODAY
    )
    assert asked.plan == ("One?", "Two words", "Three")


def test_a_plan_asks_of_what_the_papers_share() -> None:
    shelf = Shelf(
        *(
            edition(f"2601.0000{n}", "Optimal transport", "Optimal transport with convex analysis.")
            for n in range(3)
        )
    )
    lines = plan("optimal transport", shelf)
    assert lines[0] == "What is optimal transport?"
    assert "What is known about convex analysis in optimal transport?" in lines
    assert all(understand(line, today=TODAY).kind is not Kind.REPORT for line in lines)


def test_each_question_of_the_plan_has_its_part(shelf: Shelf) -> None:
    events = list(answer(PLAN, retriever=shelf))
    last = events[-1]
    assert isinstance(last, Done)
    made = last.answer
    assert sections(made) == [line[2:] for line in PLAN.splitlines()[1:]]
    steps = [event for event in events if isinstance(event, Step) and event.code == "section"]
    assert [event.count for event in steps] == [1, 2, 3]
    assert "not_said" in [part.code for part in made.parts]
    assert (made.kind, made.found, made.searched.read) == ("report", True, 2)
    assert told(events) == made.parts


def told(events: list[Event]) -> tuple[object, ...]:
    """The parts as a page puts them together from events."""
    parts, sentences = {}, Counter[int]()
    quotes = list[int]()
    for event in events:
        match event:
            case QuoteFound(quote):
                quotes.append(quote.n)
            case PartBegun(index, part):
                assert index == len(parts)
                parts[index] = part
            case SentenceDone(index, sentence):
                assert set(sentence.citations) <= set(quotes)
                whole = parts[index].sentences
                if sentence not in whole:  # a part may begin with what it holds
                    parts[index] = replace_sentences(parts[index], (*whole, sentence))
                sentences[index] += 1
    assert quotes == list(range(1, len(quotes) + 1))
    return tuple(parts.values())


def replace_sentences(part: object, sentences: object) -> object:
    from dataclasses import replace

    return replace(part, sentences=sentences)  # type: ignore[type-var]


def test_nothing_is_quoted_twice_and_all_of_it_is_held(shelf: Shelf) -> None:
    last = list(answer("Research sparse attention", retriever=shelf))[-1]
    assert isinstance(last, Done)
    quotes = last.answer.quotes
    assert len({quote.key for quote in quotes}) == len(quotes) > 0
    assert all(held(quote, shelf.held[quote.paper]) for quote in quotes)
    cited = Counter(n for one in last.answer.sentences() for n in one.citations)
    assert set(cited) <= {quote.n for quote in quotes}


def test_who_stops_keeps_the_parts_that_are_done(shelf: Shelf) -> None:
    stop, seen = Stop(), list[Event]()
    for event in answer(PLAN, retriever=shelf, stop=stop):
        seen.append(event)
        if isinstance(event, SentenceDone):
            stop.wanted = True
    last = seen[-1]
    assert isinstance(last, Done)
    assert last.answer.stopped
    assert len(sections(last.answer)) == 1
    assert last.answer.quotes


def test_a_model_writes_each_part_from_its_own_quotations(shelf: Shelf) -> None:
    model = Scripted(lambda _: "Sparse attention is limited in long documents [1].")
    last = list(answer(PLAN, retriever=shelf, model=model))[-1]
    assert isinstance(last, Done)
    prose = [part for part in last.answer.parts if part.form is Form.PROSE]
    assert len(prose) == len(model.told) == 2
    assert last.answer.usage.prompt > 0
    first = {quote.n: quote for quote in last.answer.quotes}
    for part in prose:
        for one in part.sentences:
            assert set(one.citations) <= set(first)
    assert {one.status for part in prose for one in part.sentences} <= set(Status)


def test_where_a_model_fails_the_rest_is_quoted(shelf: Shelf) -> None:
    class Broken(Scripted):
        def stream(self, *_: object, **__: object):  # type: ignore[no-untyped-def]
            self.told.append([])
            raise ModelError("It is away.", "unreachable")
            yield

    model = Broken(lambda _: "")
    last = list(answer(PLAN, retriever=shelf, model=model))[-1]
    assert isinstance(last, Failed)
    assert (last.message, last.retry) == ("It is away.", True)
    assert last.answer is not None
    assert len(sections(last.answer)) == 3
    assert len(model.told) == 1
    assert last.answer.quotes
