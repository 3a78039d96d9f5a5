from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from bookwheel.assistant.events import Usage
from bookwheel.assistant.models import Message, Stop
from bookwheel.assistant.retriever import ALWAYS, Days, Passage
from bookwheel.core.document import Block, Document, Kind, Source
from bookwheel.core.encoder import Encoder
from bookwheel.core.quotes import Edition


def edition(paper: str, title: str, *abstract: str, author: str = "Ada Lovelace") -> Edition:
    blocks = tuple(
        Block(f"a.p{number}", Kind.PARAGRAPH, text) for number, text in enumerate(abstract, 1)
    )
    document = Document(Source.ABSTRACT, title, abstract=blocks)
    return Edition(paper, 1, document, title, "2026-05-01", (author,))


class Shelf:
    """A retriever over a few editions, all of them found for every question."""

    today = date(2026, 5, 20)
    named: tuple[str, ...] = ()

    def __init__(self, *editions: Edition) -> None:
        self.held = {one.paper: one for one in editions}

    @property
    def size(self) -> int:
        return len(self.held)

    def search(self, query: str, k: int, days: Days = ALWAYS) -> Sequence[str]:
        return list(self.held)[:k]

    def newest(self, k: int, days: Days) -> Sequence[str]:
        return list(self.held)[:k]

    def passages(self, query: str, k: int, papers: Sequence[str] = ()) -> Sequence[Passage]:
        return ()

    def editions(self, papers: Sequence[str]) -> Sequence[Edition]:
        return [self.held[paper] for paper in papers if paper in self.held]

    def rarity(self, words: Sequence[str]) -> NDArray[np.float32]:
        return np.full(len(words), 3.0, np.float32)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return Encoder.shipped().encode(texts)


@dataclass
class Scripted:
    """A model that says what a test wants."""

    script: Callable[[str], str]
    name: str = "scripted"
    context: int = 4096
    told: list[Sequence[Message]] = field(default_factory=list)

    def count(self, text: str) -> int:
        return len(text) // 3

    def stream(
        self, messages: Sequence[Message], *, limit: int, stop: Stop | None = None
    ) -> Iterator[str | Usage]:
        self.told.append(messages)
        for letter in self.script(messages[-1].content):
            if stop:
                return
            yield letter

    def costing(self, prompt: int, completion: int) -> Usage:
        return Usage(prompt, completion)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(
        edition(
            "2601.00001",
            "Sparse attention for long documents",
            "Long documents are hard for transformers. We propose sparse attention, which reads "
            "only nearby words. Sparse attention makes long documents three times cheaper to read.",
        ),
        edition(
            "2601.00002",
            "Why sparse attention fails",
            "Sparse attention is popular. We show that sparse attention forgets facts that stand "
            "far apart in long documents.",
            author="Charles Babbage",
        ),
    )
