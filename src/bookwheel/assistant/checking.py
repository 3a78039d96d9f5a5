"""Checks a model's sentences against the quotations they cite. Nothing is shown as fact unchecked.

A sentence is struck when it cites a number that is no quotation, names a paper that is not here,
puts words between quotation marks that stand nowhere, brings in a link, or says what its
quotations do not say. It is doubted when they hardly say it. What cites nothing is given the
quotation that says the same, if one does, and is else marked as the model's own words.
Leaves out: asking another model (`writing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.events import AnswerSentence, Status
from bookwheel.assistant.retriever import Retriever
from bookwheel.assistant.support import measure, odd, shipped
from bookwheel.assistant.words import telling
from bookwheel.core.quotes import Edition, Quote

ATTRIBUTED = 0.8  # support from which a sentence without citation is given one
QUOTED = 4  # words between quotation marks that must stand in a paper

_CITED = re.compile(
    r"\s*[\[【(]\s*(?:quotations?|quotes?)?\s*#?(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*[\]】)]", re.I
)
_MARKED = re.compile(r"[\"“”«»]([^\"“”«»]{12,})[\"“”«»]")
_ARXIV = re.compile(r"\b(?:arXiv:\s*)?(\d{4}\.\d{4,5})(?:v\d+)?\b|\barXiv:\s*([a-z-]+/\d{7})", re.I)
_NAMED = re.compile(
    r"\b([A-Z][\w'’-]+)(?:\s+(?:and|&)\s+[A-Z][\w'’-]+|\s+et\s+al\.?)?,?\s*\(?((?:19|20)\d\d)[a-z]?\)"
    r"|\b([A-Z][\w'’-]+)\s+et\s+al\b"
)
_LINK = re.compile(r"https?://|www\.|!\[|\]\(|<[a-z/!]", re.I)
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")


@dataclass(frozen=True, slots=True)
class Written:
    """A model's sentence, apart from what it cites."""

    text: str
    cited: tuple[int, ...]


def read(sentence: str) -> Written:
    """Take the citations out of a sentence; `[1-3]` is 1, 2 and 3."""
    cited = list[int]()

    def take(match: re.Match[str]) -> str:
        if match[0].lstrip().startswith("(") and not _is_citation(match[0]):
            return match[0]
        cited.extend(_numbers(match[1]))
        return ""

    text = " ".join(_CITED.sub(take, sentence).split())
    return Written(re.sub(r"\s+([.,;:!?])", r"\1", text), tuple(dict.fromkeys(cited)))


def _is_citation(text: str) -> bool:
    """`(quote 3)` is one; `(3)` may be anything."""
    return "quot" in text.lower()


def _numbers(text: str) -> list[int]:
    found = list[int]()
    for part in re.split(r"[,;]", text):
        ends = [int(one) for one in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 20:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return found


class Checker:
    """Checks sentences against the quotations of one answer."""

    def __init__(
        self, quotes: Sequence[Quote], editions: Mapping[str, Edition], retriever: Retriever
    ) -> None:
        self._quotes = {quote.n: quote for quote in quotes}
        self._retriever = retriever
        self._support = shipped()
        self._names = {
            name.casefold()
            for quote in quotes
            if (edition := editions.get(quote.paper))
            for author in edition.authors
            for name in author.replace("-", " ").split()
        }
        self._sources = [" ".join(quote.source.split()).casefold() for quote in quotes]
        self._vectors: dict[int, NDArray[np.float32]] = {}
        if quotes:
            encoded = retriever.encode([quote.text for quote in quotes])
            self._vectors = dict(zip(self._quotes, encoded, strict=True))

    def cited(self, numbers: Sequence[int]) -> list[Quote]:
        """Quotations by their numbers."""
        return [self._quotes[n] for n in numbers if n in self._quotes]

    def check(self, sentence: str) -> AnswerSentence:
        """What is shown of a sentence, and as what."""
        written = read(sentence)
        reason = self._forged(written)
        if reason:
            held = tuple(n for n in written.cited if n in self._quotes)
            return AnswerSentence(written.text, held, Status.STRUCK, None, reason)
        if not written.cited:
            return self._attributed(written)
        support = self.support(written.text, written.cited)
        if support < self._support.hardly:
            return AnswerSentence(
                written.text, written.cited, Status.STRUCK, support, "unsupported"
            )
        doubted = support < self._support.said or self._odd(written)
        status = Status.DOUBTED if doubted else Status.SUPPORTED
        return AnswerSentence(
            written.text, written.cited, status, support, "weak" if doubted else ""
        )

    def support(self, text: str, cited: Sequence[int]) -> float:
        """How far quotations say what a text says, 0 to 1."""
        if not cited:
            return 0.0
        vectors = np.stack([self._vectors[n] for n in cited])
        measures = measure(text, self.cited(cited), vectors, self._retriever)
        return 0.0 if measures is None else float(self._support.of(measures[None])[0])

    def _forged(self, written: Written) -> str:
        """Code of what makes a sentence a forgery; empty if nothing does."""
        if any(n not in self._quotes for n in written.cited):
            return "no_quote"
        if _LINK.search(written.text) or _DOI.search(written.text):
            return "no_paper"
        if any(one not in self._papers for one in identifiers(written.text)):
            return "no_paper"
        if any(not self._is_author(name) for name in _authors(written.text)):
            return "no_paper"
        if any(not self._stands(found) for found in _marked(written.text)):
            return "altered"
        if (end := _closed(written.text)) and not self._stands(end, least=1):
            return "altered"
        return ""

    @property
    def _papers(self) -> set[str]:
        return {quote.paper for quote in self._quotes.values()}

    def _is_author(self, name: str) -> bool:
        return name.casefold() in self._names or any(
            name.casefold() in source for source in self._sources
        )

    def _stands(self, marked: str, least: int = QUOTED) -> bool:
        """Whether what is between quotation marks stands in what is quoted."""
        wanted = " ".join(marked.split()).strip(" .,;:").casefold()
        if len(wanted.split()) < least:
            return True
        return any(wanted in source for source in self._sources)

    def _odd(self, written: Written) -> bool:
        return odd(written.text, self.cited(written.cited))

    def _attributed(self, written: Written) -> AnswerSentence:
        """A sentence without citation: given one if a quotation says the same."""
        best = max(self._quotes, key=lambda n: self.support(written.text, (n,)), default=None)
        if best is not None and len(telling(written.text)) >= QUOTED:
            given = Written(written.text, (best,))
            support = self.support(written.text, (best,))
            if support >= ATTRIBUTED and not self._odd(given):
                return AnswerSentence(written.text, (best,), Status.SUPPORTED, support)
        return AnswerSentence(written.text, (), Status.OWN)


def identifiers(text: str) -> list[str]:
    """arXiv identifiers that a text names."""
    return [one or other for one, other in _ARXIV.findall(text)]


def _authors(text: str) -> list[str]:
    return [one or other for one, _, other in _NAMED.findall(text)]


def _marked(text: str) -> list[str]:
    """What stands between quotation marks; after a mark that is never closed, all the rest."""
    found: list[str] = _MARKED.findall(text)
    parts = re.split(r"[\"“”«»]", text)
    return found if len(parts) % 2 else [*found, parts[-1]]


def _closed(text: str) -> str:
    """What stands before a quotation mark that was opened in a sentence before this one."""
    parts = re.split(r"[\"“”«»]", text)
    alone = len(parts) == 2 and not parts[1].strip(" .,;:!?")
    return parts[0] if alone else ""
