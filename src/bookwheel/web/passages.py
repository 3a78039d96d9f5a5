"""Where a quotation can be read: the address of its place, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote as escaped

from markupsafe import Markup

from bookwheel.content.html import text_to_html
from bookwheel.core.quotes import Quote
from bookwheel.core.sentences import sentences
from bookwheel.web.rendering import about

_MARKED = 6  # words by which a browser finds the ends of a passage


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
    """The page on which the quotation stands, at its place, which browsers mark."""
    return f"{about('paper', quote.paper)}#:~:text={_ends(quote.text)}"


def _ends(text: str) -> str:
    """The first and last words of a passage; a formula looks different on the page."""
    words = text.split()
    if len(words) <= 2 * _MARKED or "$" in text:
        plain = next((run for run in _runs(words) if len(run) >= 3), words)
        return _quoted(plain[: 2 * _MARKED])
    return f"{_quoted(words[:_MARKED])},{_quoted(words[-_MARKED:])}"


def _runs(words: list[str]) -> list[list[str]]:
    """Words between formulas."""
    runs: list[list[str]] = [[]]
    for word in words:
        if "$" in word or "\\" in word:
            runs.append([])
        else:
            runs[-1].append(word)
    return runs


def _quoted(words: list[str]) -> str:
    return escaped(" ".join(words), safe="").replace("-", "%2D")
