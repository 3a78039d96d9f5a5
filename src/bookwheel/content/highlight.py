"""Marks the words of a search where they stand in a text.

A word is marked when it has the stem of a searched one, by the stemmer that the search itself uses,
so "networks" is marked for "network"; accents and capitals make no difference.
Leaves out: formulas and addresses, which are never marked (`html.py` does not hand them in).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

import tantivy
from markupsafe import Markup, escape

from bookwheel.content.gate import passed
from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.core.text import words as text_words

# Over text that is escaped already: an entity is not a word.
_PARTS = re.compile(r"(&[a-z0-9#]+;|[^\W_]+)")
_REMEMBERED = 10_000  # parts of texts, for each search


def highlight(text: str, words: Collection[str]) -> Markup:
    """Escape a plain text and put its words that are searched for in `<mark>`."""
    return passed(marker(frozenset(words)).html(text))


class Marker(dict[str, str]):
    """How each part of an escaped text is written, worked out when it is first met."""

    def __init__(self, words: Collection[str]) -> None:
        super().__init__()
        found = {word for item in words for word in text_words(item)}
        kept = found - STOP_WORDS or found
        self._stems = {_stem(word) for word in kept}
        self._starts = {word[:2] for word in kept | self._stems}  # most words can be told by these

    def html(self, text: str) -> str:
        """Escape a text and mark its words."""
        escaped = str(escape(text))
        if not self._stems:
            return escaped
        return "".join(map(self.__getitem__, _PARTS.split(escaped)))

    def __missing__(self, part: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        start = part[:2].lower()
        likely = start in self._starts or not start.isascii()
        wanted = likely and any(_stem(word) in self._stems for word in text_words(part))
        self[part] = f"<mark>{part}</mark>" if wanted else part
        return self[part]


@lru_cache(maxsize=16)
def marker(words: frozenset[str]) -> Marker:
    """Make the marker of some words once for all the texts of a page."""
    return Marker(words)


@cache
def _stemmer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return builder.filter(tantivy.Filter.stemmer("english")).build()


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return next(iter(_stemmer().analyze(word)), word)
