"""A collection as the assistant sees papers: one abstract, or a search over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from numpy import float32
from numpy.typing import NDArray

from bookwheel.assistant.retriever import ALWAYS, Days, Passage
from bookwheel.bench.evidence import Collection
from bookwheel.bench.indexes import opened
from bookwheel.bench.papers import collection as papers_of
from bookwheel.bench.progress import Tell
from bookwheel.core.quotes import Edition
from bookwheel.core.text import words
from bookwheel.index.query import Query
from bookwheel.index.syntax import LONGEST, parse
from bookwheel.index.writer import IndexedPaper


@dataclass(frozen=True)
class One:
    """A retriever over one abstract of a collection."""

    collection: Collection
    document: str
    today: date = date(2020, 1, 1)
    size: int = 1

    @property
    def named(self) -> tuple[str, ...]:
        """The abstract."""
        return (self.document,)

    def search(self, query: str, k: int, days: Days = ALWAYS) -> Sequence[str]:  # noqa: ARG002
        """The abstract, whatever is asked."""
        return self.named

    def newest(self, k: int, days: Days) -> Sequence[str]:  # noqa: ARG002
        """The abstract."""
        return self.named

    def passages(
        self,
        query: str,  # noqa: ARG002
        k: int,  # noqa: ARG002
        papers: Sequence[str] = (),  # noqa: ARG002
    ) -> Sequence[Passage]:
        """None: there are no full texts."""
        return ()

    def editions(self, papers: Sequence[str]) -> Sequence[Edition]:
        """Abstracts of the collection, by name."""
        return [self.collection.editions[paper] for paper in papers]

    def rarity(self, words: Sequence[str]) -> NDArray[float32]:
        """As the collection's."""
        return self.collection.rarity(words)

    def encode(self, texts: Sequence[str]) -> NDArray[float32]:
        """As the collection's."""
        return self.collection.encode(texts)


class Shelves:
    """The product's search over a collection, for as long as it is open."""

    def __init__(self, collection: Collection, tell: Tell) -> None:
        self._stack = ExitStack()
        self._papers = papers_of(
            [
                _paper(number, name, edition)
                for number, (name, edition) in enumerate(collection.editions.items(), 1)
            ]
        )
        self._tell = tell

    def __enter__(self) -> Shelves:
        self._engine = self._stack.enter_context(opened(self._papers, self._tell))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def search(self, text: str, count: int) -> list[str]:
        """Names of the abstracts that bear on a question, best first."""
        search = parse(" ".join(words(text))[:LONGEST])  # as for readers: signs mean nothing
        hits = self._engine.search(Query(search=search, k=count))
        return [self._papers.ids[place] for place in self._papers.positions(hits.papers)]


def _paper(number: int, name: str, edition: Edition) -> IndexedPaper:
    return IndexedPaper(
        number=number,
        changed=number,
        arxiv_id=name,
        title=edition.title,
        abstract=" ".join(block.text for block in edition.document.abstract),
        authors=(),
        categories="",
        day=0,
        replaced=False,
    )
