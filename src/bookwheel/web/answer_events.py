"""The events of an answer as a page hears them: which piece of HTML goes where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bookwheel.assistant.events import (
    Done,
    Event,
    Failed,
    Form,
    PartBegun,
    QuoteFound,
    SentenceDone,
    Step,
    Token,
)
from bookwheel.models import Message
from bookwheel.web.answer_html import AnswerHtml
from bookwheel.web.turns import drawn_answer


class EventsHtml:
    """Draws events in the order in which they come."""

    def __init__(self, told: Message) -> None:
        self._told = told
        self._html = AnswerHtml(told.pk)
        self._forms = dict[int, Form]()

    def pieces(self, event: Event) -> Iterator[tuple[str, Any]]:
        """Kinds of events with their data, as `static/ask.js` knows them."""
        match event:
            case Step():
                line = self._html.step(event.code, event.text, event.seconds, event.count)
                yield "step", line
            case QuoteFound(quote):
                yield "quote", self._html.quote(quote)
            case PartBegun(index, part):
                self._forms[index] = part.form
                yield "part", self._html.part(index, part)
            case Token(text):
                yield "token", text
            case SentenceDone(index, sentence):
                drawn = self._html.sentence(self._forms.get(index, Form.PROSE), sentence)
                yield "sentence", {"part": index, "html": drawn}
            case Done() | Failed():
                return

    def whole(self) -> str:
        """The answer as it is kept, which takes the place of all pieces."""
        return drawn_answer(self._told)
