"""Numbers of the quotations of one answer."""

from __future__ import annotations

from bookwheel.assistant.events import AnswerSentence
from bookwheel.core.quotes import Quote


class Numbers:
    """Numbers quotations in the order in which they are first cited."""

    def __init__(self) -> None:
        self.quotes: list[Quote] = []
        self._known: dict[tuple[str, int, str, int, int], int] = {}

    def cite(self, quote: Quote) -> AnswerSentence:
        """The quotation as a sentence of the answer."""
        return AnswerSentence(quote.text, (self.number(quote),))

    def number(self, quote: Quote) -> int:
        """Its number."""
        if quote.key not in self._known:
            self.quotes.append(quote.numbered(len(self.quotes) + 1))
            self._known[quote.key] = len(self.quotes)
        return self._known[quote.key]
