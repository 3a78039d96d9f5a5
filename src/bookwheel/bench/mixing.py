"""New papers out of real ones, so that a corpus of any size has real words, lengths and neighbours.

A paper made takes most of its sentences, half of its title, its categories and its authors' family
names from one real paper, and the rest from others of the same category; a few of its words are
exchanged, and now and then one is coined, at the rate at which words new to arXiv turn up (by
Heaps' law the 377,904 papers that we counted have 262,000 words of three letters, and three
million would have about 860,000). Leaves out: when a paper came and what it is called
(`calendar.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from random import Random
from typing import Any, NamedTuple

POOL = 64  # papers of a category that a new one can borrow from
BORROWED = 0.3  # of the sentences
EXCHANGED = 16  # one word in so many comes from another paper
COINED = 0.2  # papers that bring a word which none had before ...
REPEATED = 0.3  # ... and that use one which another brought
WORDS_KEPT = 200_000  # coined words that can be used again
_LINE = 12  # words of a line in an abstract
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


class _Source(NamedTuple):
    """What a real paper gives."""

    title: list[str]
    sentences: list[str]
    words: list[str]
    authors: list[list[str]]


class Mixer:
    """Makes papers; the same seed and the same papers in give the same papers out."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  (not for secrets)
        self._pools: defaultdict[str, deque[_Source]] = defaultdict(lambda: deque(maxlen=POOL))
        self._coined: list[str] = []

    def mix(self, record: dict[str, Any]) -> dict[str, Any]:
        """A new paper's title, abstract, categories and authors, as the dump has them."""
        categories = record["categories"]
        own = _source(record)
        pool = self._pools[categories.partition(" ")[0]]
        pool.append(own)
        other = self._one(pool)
        authors = self._authors(own, other)
        return {
            "title": " ".join(self._exchange(self._title(own, other), other.words)),
            "abstract": self._abstract(own, pool, other.words),
            "categories": categories,
            "authors": ", ".join(f"{given} {family}".strip() for family, given, _ in authors),
            "authors_parsed": authors,
        }

    def _one(self, items: Any) -> Any:
        return items[int(self._random.random() * len(items))]

    def _title(self, own: _Source, other: _Source) -> list[str]:
        return own.title[: (len(own.title) + 1) // 2] + other.title[(len(other.title) + 1) // 2 :]

    def _abstract(self, own: _Source, pool: deque[_Source], words: list[str]) -> str:
        sentences = own.sentences.copy()
        self._random.shuffle(sentences)
        for place in range(1, len(sentences)):
            if self._random.random() < BORROWED:
                sentences[place] = self._one(self._one(pool).sentences)
        text = self._exchange(" ".join(sentences).split(), words)
        if self._random.random() < COINED:
            text.append(self._coin(text))
        if self._coined and self._random.random() < REPEATED:
            # Those that came first are used most, as words are.
            text.append(self._coined[int(len(self._coined) * self._random.random() ** 3)])
        lines = (" ".join(text[at : at + _LINE]) for at in range(0, len(text), _LINE))
        return "  " + "\n".join(lines) + "\n"

    def _exchange(self, text: list[str], words: list[str]) -> list[str]:
        for _ in range(len(text) // EXCHANGED + (self._random.random() < 0.5)):
            text[int(self._random.random() * len(text))] = self._one(words)
        return text

    def _coin(self, text: list[str]) -> str:
        """A word that sounds like the others: the front of one and the back of another."""
        front, back = self._one(text), self._one(text)
        word = f"{front[: len(front) // 2 + 2]}{back[len(back) // 2 :]}".strip(".,;:$(){}\\")
        if len(self._coined) < WORDS_KEPT:
            self._coined.append(word)
        return word

    def _authors(self, own: _Source, other: _Source) -> list[list[str]]:
        """Family names stay with the paper; half of the given names are another paper's."""
        return [
            [name[0], self._one(other.authors)[1] if self._random.random() < 0.5 else name[1], ""]
            for name in own.authors
        ]


def _source(record: dict[str, Any]) -> _Source:
    abstract = record["abstract"].strip()
    return _Source(
        title=record["title"].split(),
        sentences=_SENTENCE.split(abstract),
        words=abstract.split() or ["paper"],
        authors=record.get("authors_parsed") or [["Anonymous", "", ""]],
    )
