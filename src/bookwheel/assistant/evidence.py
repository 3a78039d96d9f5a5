"""Which sentences bear on a question: what is measured of each sentence, and what it adds up to.

A sentence is judged by the question's words in it (rare ones count more), by the closeness of
their vectors, by what its neighbours and its paper say, by where it stands and by how it begins.
The weights are learned (`bookwheel train evidence`) by logistic regression; without those words
nothing counts, so a sentence scores between 0 and 1 whatever the question is about.
Leaves out: finding the papers (`gather.py`), leaving out what was said before (`folding.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.retriever import Retriever
from bookwheel.assistant.words import stem, stemmed, telling
from bookwheel.core.quotes import Edition, Quote, blocks, cut, places

Floats = NDArray[np.float32]

SATURATION = 1.2  # k1 of BM25
LENGTH = 22.0  # words of an average sentence that tell something or not
SLOPE = 0.5  # b of BM25: how much the length of a sentence counts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, and where it stands among those of its block and paper."""

    quote: Quote
    place: float  # 0 first of its block .. 1 last
    whole: int  # sentences of the block


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence and how far it bears on the question, 0 to 1."""

    quote: Quote
    score: float
    words: frozenset[str]  # stems of the question that it has
    vector: Floats


@dataclass(frozen=True)
class Wanted:
    """A question as sentences are compared with it."""

    text: str
    rarity: dict[str, float]  # stem -> how rare
    vector: Floats

    @property
    def total(self) -> float:
        """All that can be had."""
        return sum(self.rarity.values()) or 1.0


def wanted(text: str, retriever: Retriever) -> Wanted:
    """Read a question."""
    told = telling(text)
    rarity = retriever.rarity(told) if told else np.empty(0, np.float32)
    weights = {stem(word): float(rare) for word, rare in zip(told, rarity, strict=True)}
    return Wanted(text, weights, retriever.encode([text])[0])


def candidates(edition: Edition, only: set[str] | None = None) -> list[Candidate]:
    """All sentences of a paper, or of some of its blocks."""
    found = list[Candidate]()
    for section, block in blocks(edition):
        if only is not None and block.id not in only:
            continue
        stand = places(block)
        for at, (start, end) in enumerate(stand):
            quote = cut(edition, section, block, start, end)
            found.append(Candidate(quote, at / max(len(stand) - 1, 1), len(stand)))
    return found


def score(asked: Wanted, found: Sequence[Candidate], retriever: Retriever) -> list[Scored]:
    """Score sentences for a question, in the order given."""
    if not found:
        return []
    texts = [one.quote.text for one in found]
    vectors = retriever.encode(texts)
    stems = [stemmed(text) for text in texts]
    cosines = vectors @ asked.vector
    scored = []
    for one, words, vector, cosine in zip(found, stems, vectors, cosines, strict=True):
        lexical = _bm25(asked, words) / asked.total
        value = 1 / (1 + math.exp(-(6 * lexical + 3 * float(cosine) - 3.2)))
        has = frozenset(asked.rarity) & frozenset(words)
        scored.append(Scored(one.quote, value if has else 0.5 * value, has, vector))
    return scored


def _bm25(asked: Wanted, words: Sequence[str]) -> float:
    counts = Counter(words)
    norm = SATURATION * (1 - SLOPE + SLOPE * len(words) / LENGTH)
    return sum(
        rare * counts[stem] * (SATURATION + 1) / (counts[stem] + norm) / (SATURATION + 1)
        for stem, rare in asked.rarity.items()
        if counts[stem]
    )
