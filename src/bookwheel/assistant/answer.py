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
from datetime import timedelta

from bookwheel.assistant import wording
from bookwheel.assistant.checking import Checker
from bookwheel.assistant.compose import compose
from bookwheel.assistant.events import (
    Answer,
    Done,
    Event,
    Failed,
    Form,
    Part,
    PartBegun,
    QuoteFound,
    Searched,
    SentenceDone,
    Step,
)
from bookwheel.assistant.following import follow_ups
from bookwheel.assistant.gather import Evidence, gather, papers_for
from bookwheel.assistant.models import Model, Stop
from bookwheel.assistant.numbering import Numbers
from bookwheel.assistant.questions import Asked, Kind, Turn, understand
from bookwheel.assistant.reports import Before, report
from bookwheel.assistant.retriever import Days, Retriever
from bookwheel.assistant.sight import Sight
from bookwheel.assistant.silence import says
from bookwheel.assistant.writing import Writer, Written
from bookwheel.core import quotes
from bookwheel.core.document import Source
from bookwheel.errors import ModelError

RETRIED = ("slow", "unreachable", "died", "failed")  # failures that may pass
WHOLE = (Kind.SUMMARY, Kind.FIGURES, Kind.LEARN)  # of a paper, asked without naming its subject
BACK = (92, 366, 0)  # days looked back for what is newest; 0 is always
SHOWN_WITH_PROSE = (Form.TABLE, Form.LIST, Form.STEPS)


def answer(  # noqa: PLR0913
    question: str,
    *,
    retriever: Retriever,
    model: Model | None = None,
    history: Sequence[Turn] = (),
    instructions: str = "",
    judge: Model | None = None,
    stop: Stop | None = None,
    sight: Sight | None = None,
) -> Iterator[Event]:
    """Answer from the papers of a scope; without a model, in quotations alone.

    `instructions` are the reader's own wishes for style, given to the model. `judge` is asked
    about sentences that the check leaves in doubt. With `stop` the reader ends it early. With
    `sight` a figure is asked about: the model is shown it, and nothing is searched.
    """
    voice = _Voice(model, judge, instructions, Stop() if stop is None else stop)
    asked = understand(question, today=retriever.today, history=history)
    if sight is not None:
        yield from _looked(_Run(asked, retriever), sight, voice, history)
        return
    if asked.kind is not Kind.REPORT:
        yield from _answered(_Run(asked, retriever), voice, history)
        return

    def part(line: str, before: Before, written: bool) -> Iterator[Event]:
        run = _Run(understand(line, today=retriever.today), retriever, before=before)
        return _answered(run, voice if written else replace(voice, model=None))

    yield from report(asked, retriever, part, voice.stop)


@dataclass(frozen=True)
class _Voice:
    """Who writes, and how; without a model nobody does."""

    model: Model | None
    judge: Model | None
    instructions: str
    stop: Stop


def _answered(run: _Run, voice: _Voice, history: Sequence[Turn] = ()) -> Iterator[Event]:
    """Search, read, choose, and write where there is a model."""
    yield run.step("searching", run.retriever.size)
    papers = papers_for(run.asked, run.retriever, run.asked.days)
    yield run.step("reading", len(papers))
    run.evidence = gather(run.asked.topic, papers, run.retriever)
    if run.asked.kind is Kind.NEW and not says(run.evidence.scored, run.evidence.asked):
        run.look_back()
    run.leave_out_what_was_told()
    yield run.step("choosing", run.evidence.looked_at)
    planned = _planned(run)
    yield from run.quoted()
    if voice.model is None or not run.found:
        yield from run.told(planned)
        yield Done(run.answer())
        return
    yield run.step("writing", len(run.numbers.quotes))
    checker = Checker(run.numbers.quotes, run.evidence.editions, run.retriever)
    writer = Writer(voice.model, checker, judge=voice.judge, stop=voice.stop)
    yield from _written(run, writer, planned, history, voice)


def _looked(
    run: _Run, sight: Sight, voice: _Voice, history: Sequence[Turn] = ()
) -> Iterator[Event]:
    """Show a figure to the model, with its caption and what the paper says of it."""
    edition = sight.edition
    run.evidence = Evidence({edition.paper: edition}, looked_at=len(sight.quotes))
    said = tuple(run.numbers.cite(quote) for quote in sight.quotes)
    planned = [Part(Form.GROUP, heading=sight.label, paper=edition.paper, sentences=said)]
    run.found = bool(sight.quotes)
    yield from run.quoted()
    if voice.model is None:
        yield from run.told(planned)
        yield Done(run.answer())
        return
    run.found = True
    yield run.step("looking", 1)
    checker = Checker(run.numbers.quotes, run.evidence.editions, run.retriever)
    writer = Writer(voice.model, checker, judge=voice.judge, stop=voice.stop, picture=sight.picture)
    yield from _written(run, writer, planned, history, voice)


def _planned(run: _Run) -> list[Part]:
    """The answer in quotations; named papers can be summed up whatever is asked."""
    whole = run.asked.kind in WHOLE and bool(run.retriever.named)
    said = whole or says(run.evidence.scored, run.evidence.asked)
    run.found = bool(run.evidence.scored) and said
    if run.found:
        planned = compose(run.asked, run.evidence, run.retriever, run.numbers)
        run.found = bool(run.numbers.quotes)
        if run.looked_back:
            planned = [Part(Form.NOTE, code="nothing_new"), *planned]
    return planned if run.found else _not_said(run.evidence, run.numbers)


def _written(
    run: _Run,
    writer: Writer,
    planned: Sequence[Part],
    history: Sequence[Turn],
    voice: _Voice,
) -> Iterator[Event]:
    """What a model makes of the quotations; where nothing of it holds, the quotations."""
    failed = None
    try:
        yield from writer.write(
            run.asked, run.numbers.quotes, history=history, instructions=voice.instructions
        )
    except ModelError as error:
        failed = error
    written = writer.written
    run.parts.append(written.part)
    keep = [part for part in planned if part.form in SHOWN_WITH_PROSE]
    if written.silent and not written.good:
        run.parts.append(Part(Form.NOTE, code="not_said"))
        yield PartBegun(len(run.parts) - 1, run.parts[-1])
    yield from run.told(keep if written.good else planned)
    done = run.answer(voice.model.name if voice.model else "", written)
    if failed is None:
        yield Done(done)
    else:
        yield Failed(str(failed), failed.code, failed.code in RETRIED, done)


@dataclass
class _Run:
    """One question on its way."""

    asked: Asked
    retriever: Retriever
    before: Before = field(default_factory=Before)  # what the same report has told
    started: float = field(default_factory=time.perf_counter)
    numbers: Numbers = field(default_factory=Numbers)
    evidence: Evidence = field(default_factory=Evidence)
    found: bool = False
    looked_back: bool = False  # for want of anything new, older papers were read
    parts: list[Part] = field(default_factory=list)

    def step(self, code: str, count: int = 0) -> Step:
        """Work that begins now."""
        return Step(code, wording.STEPS[code], self.seconds, count)

    def look_back(self) -> None:
        """Read older papers, the last few months first, where the time asked about has nothing."""
        for days in BACK:
            first = (self.retriever.today - timedelta(days=days)).isoformat() if days else ""
            papers = papers_for(self.asked, self.retriever, Days(first))
            older = gather(self.asked.topic, papers, self.retriever)
            if says(older.scored, older.asked):
                self.evidence, self.looked_back = older, True
                return

    def leave_out_what_was_told(self) -> None:
        """Take away the sentences that the same report has told; note which papers were read."""
        self.before.papers.update(self.evidence.editions)
        rest = [one for one in self.evidence.scored if one.quote.key not in self.before.quotes]
        self.evidence = replace(self.evidence, scored=tuple(rest))

    @property
    def seconds(self) -> float:
        """Since the question."""
        return time.perf_counter() - self.started

    def quoted(self) -> Iterator[Event]:
        """The quotations, each checked against what is held."""
        for quote in self.numbers.quotes:
            if not quotes.held(quote, self.evidence.editions.get(quote.paper)):
                raise AssertionError(f"a quotation that stands nowhere: {quote}")
            yield QuoteFound(quote, self.seconds)

    def told(self, parts: Sequence[Part]) -> Iterator[Event]:
        """Parts that consist of quotations."""
        for part in parts:
            index = len(self.parts)
            self.parts.append(part)
            yield PartBegun(index, replace(part, sentences=()))
            for sentence in part.sentences:
                yield SentenceDone(index, sentence)

    def answer(self, model: str = "", written: Written | None = None) -> Answer:
        """All of it."""
        used = written or Written()
        return Answer(
            question=self.asked.text,
            kind=self.asked.kind.value,
            parts=tuple(self.parts),
            quotes=tuple(self.numbers.quotes),
            found=self.found and not (used.silent and not used.good),
            model=model,
            searched=self._searched(),
            usage=used.usage,
            follow_ups=follow_ups(self.asked),
            papers=tuple(dict.fromkeys(quote.paper for quote in self.numbers.quotes)),
            stopped=used.stopped,
            took=self.seconds,
        )

    def _searched(self) -> Searched:
        editions = self.evidence.editions.values()
        return Searched(
            query=self.asked.topic,
            papers=self.retriever.size,
            read=len(editions),
            passages=self.evidence.looked_at,
            full_texts=sum(one.document.source != Source.ABSTRACT for one in editions),
            first_day=self.asked.days.first,
            last_day=self.asked.days.last,
        )


def _not_said(evidence: Evidence, numbers: Numbers) -> list[Part]:
    parts = [Part(Form.NOTE, code="not_said")]
    if evidence.scored:
        near = tuple(numbers.cite(one.quote) for one in evidence.scored[:2])
        parts.append(Part(Form.GROUP, code="closest", sentences=near))
    return parts
