"""The pieces of an answer as HTML: the same while it is written and when it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from django.template import engines
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from jinja2 import Environment
from markupsafe import Markup

from bookwheel.assistant.events import Answer, AnswerSentence, Form, Part, Status
from bookwheel.content.html import text_to_html
from bookwheel.content.markdown import inline_to_html
from bookwheel.core.own_names import own_number
from bookwheel.core.quotes import Quote
from bookwheel.web.answer_texts import heading_text, reason_text, searched_text, step_text
from bookwheel.web.passages import Passage, address, passage
from bookwheel.web.reading_address import edition_text, paper_address


@dataclass
class AnswerHtml:
    """Draws the pieces of one answer; `message` makes their ids differ from other answers'.

    Quotations must be drawn before the sentences that cite them, as they come.
    """

    message: int
    shared: bool = False  # read by others: of own texts only what is quoted
    quotes: dict[int, Quote] = field(default_factory=dict)

    def step(self, code: str, text: str, seconds: float, count: int) -> Markup:
        """A line on what is being done."""
        return _macro("step", step_text(code, text, count), number_format(seconds, 2))

    def quote(self, quote: Quote) -> Markup:
        """A quotation in its context, for the sources."""
        self.quotes[quote.n] = quote
        return _macro("source", self.message, quote, self._passage(quote), self._links(quote))

    def part(self, index: int, part: Part) -> Markup:
        """A part with what there is of it."""
        heading = text_to_html(part.heading, links=False) or heading_text(part.code)
        rows = [[cell and self.sentence(part.form, cell) for cell in row] for row in part.rows]
        link = self._paper(part.paper) if part.paper and part.heading else ""
        told = [self.sentence(part.form, sentence) for sentence in part.sentences]
        return _macro("part", index, part, heading, link, told, rows)

    def sentence(self, form: Form, sentence: AnswerSentence) -> Markup:
        """A checked sentence with its citations."""
        quoted = sentence.status is Status.QUOTED
        words = text_to_html(sentence.text) if quoted else inline_to_html(sentence.text)
        cited = [self.quotes[n] for n in sentence.citations if n in self.quotes]
        chips = [(self.message, quote, self._place(quote)) for quote in cited]
        reason = reason_text(sentence.reason)
        return _macro("sentence", form, sentence.status, words, chips, reason)

    def whole(self, answer: Answer) -> Drawn:
        """All of an answer."""
        sources = [self.quote(quote) for quote in answer.quotes]
        parts = [self.part(index, part) for index, part in enumerate(answer.parts)]
        return Drawn(
            parts, sources, len(answer.papers), searched_text(answer.searched, answer.took)
        )

    def _hidden(self, paper: str) -> bool:
        return self.shared and own_number(paper) is not None

    def _paper(self, paper: str) -> str:
        return "" if self._hidden(paper) else paper_address(paper)

    def _place(self, quote: Quote) -> str:
        """Where its number leads."""
        if self._hidden(quote.paper):
            return f"#q{self.message}-{quote.n}"
        return address(quote)

    def _passage(self, quote: Quote) -> Passage:
        if self._hidden(quote.paper):
            return Passage(Markup(), text_to_html(quote.text), Markup())
        return passage(quote)

    def _links(self, quote: Quote) -> Links:
        if self._hidden(quote.paper):
            return Links("", "", _("a file of whoever asked"))
        edition = edition_text(quote.paper, quote.version)
        return Links(paper_address(quote.paper), address(quote), edition)


class Links(NamedTuple):
    """Where a source leads, empty where nowhere, and which edition it is."""

    paper: str
    passage: str
    edition: str


@dataclass(frozen=True)
class Drawn:
    """An answer as HTML."""

    parts: Sequence[Markup] = ()
    sources: Sequence[Markup] = ()
    papers: int = 0
    searched: str = ""


@cache
def _module() -> Any:
    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return environment.get_template("_answer.html").module


def _macro(name: str, *values: object) -> Markup:
    """A macro of `_answer.html`, which escapes what it shows."""
    return Markup(str(getattr(_module(), name)(*values)).strip())  # noqa: S704
