"""Answers a question: the one way in.

    for event in answer("Does attention scale?", retriever=…, model=None):
        match event: ...

`events.py` says what comes in which order. The last event is `Done`, or `Failed` with whatever
can still be given. Every quotation has passed `core.quotes.held` before it is yielded.
Leaves out: who may ask about what, and finding models by name (`queries/asking.py`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bookwheel.assistant import wording
from bookwheel.assistant.compose import Numbers, compose
from bookwheel.assistant.events import (
    Answer,
    Done,
    Event,
    Form,
    Part,
    PartBegun,
    QuoteFound,
    Searched,
    SentenceDone,
    Step,
)
from bookwheel.assistant.gather import Evidence, gather, papers_for
from bookwheel.assistant.models import Model, Stop
from bookwheel.assistant.questions import Asked, Turn, understand
from bookwheel.assistant.retriever import Retriever
from bookwheel.core import quotes
from bookwheel.core.document import Source

SAYS = 0.3  # score of the best sentence below which the papers do not say


@dataclass
class _Run:
    """One question on its way."""

    asked: Asked
    retriever: Retriever
    started: float = field(default_factory=time.perf_counter)
    numbers: Numbers = field(default_factory=Numbers)
    parts: list[Part] = field(default_factory=list)

    def step(self, code: str, count: int = 0) -> Step:
        return Step(code, wording.STEPS[code], self.seconds, count)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.started


def answer(
    question: str,
    *,
    retriever: Retriever,
    model: Model | None = None,  # noqa: ARG001  (follows)
    history: Sequence[Turn] = (),
    instructions: str = "",  # noqa: ARG001
    stop: Stop | None = None,  # noqa: ARG001
) -> Iterator[Event]:
    """Answer from the papers of a scope; without a model, in quotations alone.

    `instructions` are the reader's own wishes for style, given to the model.
    """
    run = _Run(understand(question, today=retriever.today, history=history), retriever)
    yield run.step("searching", retriever.size)
    papers = papers_for(run.asked, retriever, run.asked.days)
    yield run.step("reading", len(papers))
    evidence = gather(run.asked.topic, papers, retriever)
    found = bool(evidence.scored) and evidence.best >= SAYS
    if found:
        planned = compose(evidence, run.numbers)
        yield from _told(run, evidence, planned)
    else:
        yield from _told(run, evidence, _not_said(evidence, run.numbers))
    yield Done(_done(run, evidence, found))


def _told(run: _Run, evidence: Evidence, parts: Sequence[Part]) -> Iterator[Event]:
    for quote in run.numbers.quotes:
        if not quotes.held(quote, evidence.editions.get(quote.paper)):
            raise AssertionError(f"a quotation that stands nowhere: {quote}")
        yield QuoteFound(quote, run.seconds)
    for index, part in enumerate(parts):
        run.parts.append(part)
        yield PartBegun(index, replace(part, sentences=()))
        for sentence in part.sentences:
            yield SentenceDone(index, sentence)


def _not_said(evidence: Evidence, numbers: Numbers) -> list[Part]:
    parts = [Part(Form.NOTE, code="not_said")]
    if evidence.scored:
        near = tuple(numbers.cite(one.quote) for one in evidence.scored[:2])
        parts.append(Part(Form.GROUP, code="closest", sentences=near))
    return parts


def _done(run: _Run, evidence: Evidence, found: bool) -> Answer:
    return Answer(
        question=run.asked.text,
        kind=run.asked.kind.value,
        parts=tuple(run.parts),
        quotes=tuple(run.numbers.quotes),
        found=found,
        searched=_searched(run, evidence),
        papers=tuple(dict.fromkeys(quote.paper for quote in run.numbers.quotes)),
        took=run.seconds,
    )


def _searched(run: _Run, evidence: Evidence) -> Searched:
    whole = [one for one in evidence.editions.values() if one.document.source != Source.ABSTRACT]
    return Searched(
        query=run.asked.topic,
        papers=run.retriever.size,
        read=len(evidence.editions),
        passages=evidence.looked_at,
        full_texts=len(whole),
        first_day=run.asked.days.first,
        last_day=run.asked.days.last,
    )
