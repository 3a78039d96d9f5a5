"""Where a quotation can be read: the address of its place, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bookwheel.content.html import text_to_html
from bookwheel.core.quotes import Quote
from bookwheel.core.sentences import sentences
from bookwheel.web.reading_address import reading_address


@dataclass(frozen=True)
class Passage:
    """A quotation in its context: the sentence before, the words themselves, the one after."""

    before: Markup
    words: Markup
    after: Markup


def passage(quote: Quote) -> Passage:
    """The words of a quotation and the sentences that stand around them."""
    stand = sentences(quote.source)
    start = max((begin for begin, end in stand if end <= quote.start), default=quote.start)
    end = min((end for begin, end in stand if begin >= quote.end), default=quote.end)
    return Passage(
        text_to_html(quote.source[start : quote.start].strip()),
        text_to_html(quote.text),
        text_to_html(quote.source[quote.end : end].strip()),
    )


def address(quote: Quote) -> str:
    """The page on which the quotation stands, with its place marked."""
    return reading_address(quote.paper, quote.version, quote.block, quote.start, quote.end)
