"""The papers that a question may be answered from, as the assistant wants them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bookwheel.assistant.retriever import ALWAYS, Days, Passage, Scope
from bookwheel.content.abstract import abstract_document
from bookwheel.content.plain import to_text
from bookwheel.core.quotes import Edition
from bookwheel.core.text import words
from bookwheel.errors import NotFoundError
from bookwheel.index.dates import day_number
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters, Query
from bookwheel.index.syntax import LONGEST, parse
from bookwheel.models import FullText, Paper, Reader, Tag
from bookwheel.queries import found
from bookwheel.queries.documents import held
from bookwheel.queries.engine import engine
from bookwheel.queries.interests import kept_in_order
from bookwheel.queries.passages import search_passages
from bookwheel.queries.tags import tag_named

FEW = 12  # papers up to which a scope is read whole


def retriever(reader: Reader | None, scope: Scope) -> ScopedRetriever:
    """The papers of a scope.

    Raises:
        NotFoundError: a paper that is not held, or a tag that the reader does not have.
        IndexMissingError: nothing was indexed yet.
    """
    return ScopedRetriever(engine(), _numbers(reader, scope))


def _numbers(reader: Reader | None, scope: Scope) -> list[int] | None:
    """Numbers of the papers in a scope; None for all."""
    if scope.papers:
        return [paper.pk for paper in found.papers(dict.fromkeys(scope.papers))]
    if not scope.tag and not scope.library:
        return None
    if reader is None:
        raise NotFoundError("There is no reader here whose tags or library could be asked.")
    return kept_in_order(reader, _tag(reader, scope.tag) if scope.tag else None)


def _tag(reader: Reader, name: str) -> Tag:
    tag = tag_named(reader, name)
    if tag is None:
        raise NotFoundError(f"You have no tag “{name}”.")
    return tag


class ScopedRetriever:
    """`assistant.retriever.Retriever` over the database and the index."""

    def __init__(self, opened: Engine, numbers: list[int] | None) -> None:
        self._engine = opened
        self._numbers = numbers
        self._only = None if numbers is None else np.array(numbers, np.int64)

    @property
    def size(self) -> int:
        """How many papers may be answered from."""
        return len(self._engine.columns.newest) if self._numbers is None else len(self._numbers)

    @property
    def today(self) -> date:
        """The newest day held."""
        listings = self._engine.columns.listings
        day = int(listings[0]) if len(listings) else 0
        return date(1970, 1, 1) + timedelta(days=day)

    @property
    def named(self) -> tuple[str, ...]:
        """All papers of a small scope."""
        if self._numbers is None or len(self._numbers) > FEW:
            return ()
        known = _identifiers(self._numbers)
        return tuple(known[number] for number in self._numbers if number in known)

    def search(self, query: str, k: int, days: Days = ALWAYS) -> Sequence[str]:
        """Papers that bear on a query, best first."""
        search = parse(_plain(query))
        hits = self._engine.search(Query(search=search, filters=self._filters(days), k=k))
        return self._named(hits.papers.tolist())

    def newest(self, k: int, days: Days) -> Sequence[str]:
        """Papers of a period, newest first."""
        hits = self._engine.search(Query(filters=self._filters(days), k=k))
        return self._named(hits.papers.tolist())

    def passages(self, query: str, k: int, papers: Sequence[str] = ()) -> Sequence[Passage]:
        """Passages of full text, best first."""
        only = self._numbers
        if papers:
            found = Paper.objects.filter(arxiv_id__in=papers)
            only = list(found.values_list("pk", flat=True))
        hits = search_passages(_plain(query), papers=only, k=k)
        return [Passage(hit.paper.arxiv_id, hit.block, hit.score) for hit in hits]

    def editions(self, papers: Sequence[str]) -> Sequence[Edition]:
        """The newest version that is held of each, whole where its full text is here."""
        known = {paper.arxiv_id: paper for paper in Paper.objects.filter(arxiv_id__in=papers)}
        whole = set(
            FullText.objects.filter(
                paper__in=known.values(), state=FullText.State.HERE
            ).values_list("paper_id", flat=True)
        )
        return [
            _edition(known[name], whole=known[name].pk in whole) for name in papers if name in known
        ]

    def rarity(self, words: Sequence[str]) -> NDArray[np.float32]:
        """How rare words are in titles and abstracts."""
        total = self._engine.rows
        counts = [self._engine.lexical.frequency(word) for word in words]
        return np.array([math.log((total + 1) / (n + 1)) for n in counts], np.float32)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the index's encoder."""
        return self._engine.encoder.encode(texts)

    def _filters(self, days: Days) -> Filters:
        return Filters(
            first_day=day_number(date.fromisoformat(days.first)) if days.first else None,
            last_day=day_number(date.fromisoformat(days.last)) if days.last else None,
            only=self._only,
        )

    def _named(self, numbers: list[int]) -> list[str]:
        known = _identifiers(numbers)
        return [known[number] for number in numbers if number in known]


def _identifiers(numbers: Sequence[int]) -> dict[int, str]:
    papers = Paper.objects.filter(pk__in=numbers)
    return dict(papers.values_list("pk", "arxiv_id"))


def _edition(paper: Paper, *, whole: bool) -> Edition:
    names = tuple(" ".join(filter(None, (given, family))) for family, given, *_ in paper.authors)
    if whole:
        found = held(paper)
        version, document = found.version, found.document
    else:
        version = int(paper.versions[-1][0])
        document = abstract_document(paper.title, paper.abstract, names)
    return Edition(
        paper=paper.arxiv_id,
        version=version,
        document=document,
        title=to_text(paper.title),
        day=paper.listed.isoformat(),
        authors=names,
        categories=tuple(paper.categories.split()),
    )


def _plain(query: str) -> str:
    """A question as words alone: its signs are no search language."""
    return " ".join(words(query))[:LONGEST]
