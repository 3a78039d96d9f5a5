"""An answer as one running text with numbered citations, for programs that know only text.

Only what was checked is said: drafts of a model and struck sentences are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bookwheel.assistant.events import (
    AnswerSentence,
    Event,
    Form,
    Part,
    PartBegun,
    QuoteFound,
    SentenceDone,
    Status,
)
from bookwheel.assistant.wording import HEADINGS
from bookwheel.core.own_names import own_number
from bookwheel.core.paper_ids import home_of
from bookwheel.core.quotes import Quote

_RUNNING = (Form.PROSE, Form.NOTE)


@dataclass
class Spoken:
    """Says events as text, and notes where in it which quotation is cited."""

    length: int = 0
    quotes: dict[int, Quote] = field(default_factory=dict)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    _form: Form = Form.PROSE
    _in_section: bool = False

    def say(self, event: Event) -> str:
        """The text that an event adds; empty for most."""
        return "".join(self._pieces(event))

    def sources(self) -> str:
        """The list of what was cited, for the end of the text."""
        cited = dict.fromkeys(note["quotation"]["n"] for note in self.annotations)
        lines = [f"[{n}] {self.quotes[n].title}. {address(self.quotes[n])}" for n in cited]
        return "\n\n" + "\n".join(f"- {line}" for line in lines) if lines else ""

    def _pieces(self, event: Event) -> Iterator[str]:
        match event:
            case QuoteFound(quote):
                self.quotes[quote.n] = quote
            case PartBegun(_, part):
                self._form = part.form
                yield from self._begin(part)
            case SentenceDone(_, sentence) if sentence.status is not Status.STRUCK:
                yield from self._sentence(sentence)
            case _:
                return

    def _begin(self, part: Part) -> Iterator[str]:
        heading = part.heading or HEADINGS.get(part.code, "")
        self._in_section = self._in_section or part.form is Form.SECTION
        marks = "####" if self._in_section and part.form is not Form.SECTION else "###"
        told = f"{marks} {heading}\n\n" if heading else ""
        yield self._count("\n\n" * bool(self.length) + told)
        if part.rows:
            yield from self._row(["", *part.columns])
            yield from self._row(["---"] * (len(part.columns) + 1))
        for name, row in zip(part.names, part.rows, strict=False):
            yield self._count(f"| {_cell(name)} |")
            for cell in row:
                told = cell.text if cell and cell.status is not Status.STRUCK else "—"
                yield self._count(f" {_cell(told)}")
                yield from self._cited(cell.citations if cell else ())
                yield self._count(" |")
            yield self._count("\n")

    def _row(self, cells: Sequence[str]) -> Iterator[str]:
        yield self._count("| " + " | ".join(map(_cell, cells)) + " |\n")

    def _sentence(self, sentence: AnswerSentence) -> Iterator[str]:
        words = " ".join(sentence.text.split())
        told = f"“{words}”" if sentence.status is Status.QUOTED else words
        before = "" if self._form in (*_RUNNING, Form.LEAD) else "- "
        yield self._count(before + told)
        yield from self._cited(sentence.citations)
        yield self._count(" " if self._form in _RUNNING else "\n")

    def _cited(self, citations: Sequence[int]) -> Iterator[str]:
        for n in citations:
            if n in self.quotes:
                start = self.length + 1
                yield self._count(f" [{n}]")
                self.annotations.append(_annotation(self.quotes[n], start, self.length))

    def _count(self, text: str) -> str:
        self.length += len(text)
        return text


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def address(quote: Quote) -> str:
    """Where the paper of a quotation is, for whoever has no account here."""
    if own_number(quote.paper) is not None:
        return quote.paper
    return home_of(quote.paper).page(quote.version)


def _annotation(quote: Quote, start: int, end: int) -> dict[str, Any]:
    """As OpenAI's models annotate what they cite, and the quotation itself."""
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": start,
            "end_index": end,
            "title": quote.title,
            "url": address(quote),
        },
        "quotation": {
            "n": quote.n,
            "paper": quote.paper,
            "version": quote.version,
            "section": quote.section,
            "block": quote.block,
            "start": quote.start,
            "end": quote.end,
            "text": quote.text,
        },
    }
