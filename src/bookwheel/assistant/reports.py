"""A report on a subject: a plan of questions, each answered from the papers, one after the other.

The plan is the reader's, or made from what the papers speak of. Each question is answered as if it
were asked alone, with the same checks; what one part has quoted the next ones leave out. When the
model fails, the parts that follow consist of quotations. Leaves out: answering (`answer.py`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from bookwheel.assistant import wording
from bookwheel.assistant.events import (
    Answer,
    AnswerSentence,
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
    Token,
    Usage,
)
from bookwheel.assistant.following import follow_ups
from bookwheel.assistant.models import Stop
from bookwheel.assistant.numbering import Numbers
from bookwheel.assistant.questions import Asked
from bookwheel.assistant.retriever import Retriever
from bookwheel.assistant.teaching import subjects

LOOKED = 60  # papers in which subjects for a plan are looked for
SUBJECTS = 3
_PLURAL = re.compile(r"[^sui]s$", re.IGNORECASE)
LONGEST = 12  # questions of a plan that are answered


@dataclass
class Before:
    """What the parts of a report that are done have quoted and read."""

    quotes: set[tuple[str, int, str, int, int]] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)


# Answers one question of a plan; False: without the model.
Ask = Callable[[str, Before, bool], Iterator[Event]]


def plan(topic: str, retriever: Retriever) -> tuple[str, ...]:
    """Questions that a report on a topic answers: what any has, and what its papers share."""
    papers = retriever.named or retriever.search(topic, LOOKED)
    shared = subjects(topic, retriever.editions(papers))[:SUBJECTS]
    several = bool(_PLURAL.search(topic))
    return (
        f"What {'are' if several else 'is'} {topic}?",
        f"How {'do' if several else 'does'} {topic} work?",
        *(f"What is known about {subject} in {topic}?" for subject in shared),
        f"Which results are reported for {topic}?",
        f"What limits {topic}?",
        f"What is new on {topic} in the last 2 years?",
    )


def report(asked: Asked, retriever: Retriever, ask: Ask, stop: Stop) -> Iterator[Event]:
    """Answer the questions of a plan; a reader who stops keeps the parts that are done."""
    run = _Report(asked, retriever.size)
    if not asked.plan:
        yield run.step("planning", wording.STEPS["planning"])
    lines = (asked.plan or plan(asked.topic, retriever))[:LONGEST]
    for place, line in enumerate(takewhile(lambda _: not stop, lines), 1):
        yield run.step("section", line, place)
        yield run.begin(Part(Form.SECTION, heading=line))
        for event in ask(line, run.before, run.failed is None):
            yield from run.told(event)
    if run.failed is None:
        yield Done(run.answer(stopped=bool(stop)))
    else:
        yield replace(run.failed, answer=run.answer(stopped=bool(stop)))


@dataclass
class _Report:
    """A report on its way: numbers and places of its parts' events become its own."""

    asked: Asked
    papers: int
    started: float = field(default_factory=time.perf_counter)
    before: Before = field(default_factory=Before)
    numbers: Numbers = field(default_factory=Numbers)
    parts: list[Part] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    failed: Failed | None = None
    _own: dict[int, int] = field(default_factory=dict)  # a part's numbers in the report's

    def step(self, code: str, text: str, count: int = 0) -> Step:
        """Work that begins now."""
        return Step(code, text, time.perf_counter() - self.started, count)

    def begin(self, part: Part) -> PartBegun:
        """A part of our own."""
        self.parts.append(part)
        self._own = {}
        return PartBegun(len(self.parts) - 1, part)

    def told(self, event: Event) -> Iterator[Event]:
        """An event of one question as one of the report."""
        match event:
            case QuoteFound(quote):
                count = len(self.numbers.quotes)
                self._own[quote.n] = self.numbers.number(quote)
                for new in self.numbers.quotes[count:]:
                    yield QuoteFound(new, time.perf_counter() - self.started)
            case PartBegun(index, part):
                yield PartBegun(len(self.parts) + index, self._renumbered(part))
            case SentenceDone(index, sentence):
                yield SentenceDone(len(self.parts) + index, self._cited(sentence))
            case Token():
                yield event
            case Failed(answer=answer):
                self.failed = event
                self._end(answer)
            case Done(answer):
                self._end(answer)

    def answer(self, *, stopped: bool) -> Answer:
        """All that was told."""
        quotes = tuple(self.numbers.quotes)
        return Answer(
            question=self.asked.text,
            kind=self.asked.kind.value,
            parts=tuple(self.parts),
            quotes=quotes,
            found=any(one.found for one in self.answers),
            model=next((one.model for one in self.answers if one.model), ""),
            searched=Searched(
                query=self.asked.topic,
                papers=self.papers,
                read=len(self.before.papers),
                passages=sum(one.searched.passages for one in self.answers),
                full_texts=max((one.searched.full_texts for one in self.answers), default=0),
            ),
            usage=sum((one.usage for one in self.answers), Usage()),
            follow_ups=follow_ups(self.asked),
            papers=tuple(dict.fromkeys(quote.paper for quote in quotes)),
            stopped=stopped,
            took=time.perf_counter() - self.started,
        )

    def _end(self, answer: Answer | None) -> None:
        if answer is not None:
            self.answers.append(answer)
            self.parts += [self._renumbered(part) for part in answer.parts]
            self.before.quotes |= {quote.key for quote in answer.quotes}

    def _renumbered(self, part: Part) -> Part:
        rows = tuple(tuple(cell and self._cited(cell) for cell in row) for row in part.rows)
        return replace(part, sentences=self._all(part.sentences), rows=rows)

    def _all(self, sentences: Sequence[AnswerSentence]) -> tuple[AnswerSentence, ...]:
        return tuple(map(self._cited, sentences))

    def _cited(self, sentence: AnswerSentence) -> AnswerSentence:
        return replace(sentence, citations=tuple(self._own[n] for n in sentence.citations))
