"""What a question may be answered from: papers, and the reader's own texts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bookwheel.assistant.retriever import ALWAYS, Days, Passage, Retriever, Scope
from bookwheel.core.own_names import own_number
from bookwheel.core.quotes import Edition
from bookwheel.errors import NotFoundError, UnreadableError
from bookwheel.models import OwnText, Reader
from bookwheel.queries import scoped
from bookwheel.queries.engine import engine
from bookwheel.queries.own_texts import (
    own_document,
    own_passages,
    own_text_numbered,
    own_texts_here,
)

BESIDE = 3  # own texts that are read where the question did not name them


def retriever(reader: Reader | None, scope: Scope) -> Retriever:
    """The papers and own texts of a scope. Own ones belong to the library, and to all.

    Raises:
        NotFoundError: a paper or text that is not held, or a tag that the reader does not have.
        IndexMissingError: nothing was indexed yet.
    """
    own = _own(reader, scope)
    papers = tuple(name for name in scope.papers if own_number(name) is None)
    if scope.papers and not papers:
        return WithOwn(scoped.ScopedRetriever(engine(), []), own, named=True)
    found = scoped.retriever(reader, replace(scope, papers=papers))
    return WithOwn(found, own, named=bool(papers)) if own else found


def _own(reader: Reader | None, scope: Scope) -> list[OwnText]:
    if scope.papers:
        return [_named(reader, name) for name in dict.fromkeys(scope.papers) if own_number(name)]
    return own_texts_here(reader) if reader and not scope.tag else []


def _named(reader: Reader | None, name: str) -> OwnText:
    found = own_text_numbered(reader, own_number(name) or 0) if reader else None
    if found is None:
        raise NotFoundError("A file of yours that was asked about is not here any more.")
    return found


class WithOwn:
    """`assistant.retriever.Retriever` over papers and some texts of one reader."""

    def __init__(
        self, papers: scoped.ScopedRetriever, own: Sequence[OwnText], *, named: bool
    ) -> None:
        self._papers = papers
        self._own = {each.own_name: each for each in own}
        self._named = named
        self.rarity = papers.rarity
        self.encode = papers.encode

    @property
    def size(self) -> int:
        """How many papers and texts may be answered from."""
        return self._papers.size + len(self._own)

    @property
    def today(self) -> date:
        """The newest day held."""
        return self._papers.today

    @property
    def named(self) -> tuple[str, ...]:
        """All of a small scope that names them one by one."""
        if not self._named or len(self._own) + self._papers.size > scoped.FEW:
            return ()
        return (*self._own, *self._papers.named)

    def search(self, query: str, k: int, days: Days = ALWAYS) -> Sequence[str]:
        """Own texts that bear on a query, then papers; own ones have no day."""
        if days:
            return self._papers.search(query, k, days)
        hits = own_passages(self._reader, query, self._numbers(self._own))
        bearing = dict.fromkeys(found.paper for found, _score in hits if found.words > 0)
        most = k if self._named else BESIDE
        own = [name for name, each in self._own.items() if each.pk in bearing]
        own.sort(key=lambda name: list(bearing).index(self._own[name].pk))
        return [*own[:most], *self._papers.search(query, k - len(own[:most]))]

    def newest(self, k: int, days: Days) -> Sequence[str]:
        """Papers of a period, newest first."""
        return self._papers.newest(k, days)

    def passages(self, query: str, k: int, papers: Sequence[str] = ()) -> Sequence[Passage]:
        """Passages of own texts and of papers, best first."""
        own = [name for name in self._own if not papers or name in papers]
        others = [name for name in papers if name not in self._own]
        names = {self._own[name].pk: name for name in own}
        made = [
            Passage(names[found.paper], found.passage.block, score)
            for found, score in own_passages(self._reader, query, self._numbers(own))
        ]
        if others or not papers:
            made += self._papers.passages(query, k, others)
        return sorted(made, key=lambda each: -each.score)[:k]

    def editions(self, papers: Sequence[str]) -> Sequence[Edition]:
        """The newest version held of each, and own texts as they were read."""
        others = [name for name in papers if name not in self._own]
        known = {edition.paper: edition for edition in self._papers.editions(others)}
        for name in papers:
            if name in self._own and (edition := _edition(self._own[name])):
                known[name] = edition
        return [known[name] for name in papers if name in known]

    @property
    def _reader(self) -> int:
        return next(iter(self._own.values())).reader_id

    def _numbers(self, names: Sequence[str] | dict[str, OwnText]) -> list[int]:
        return [self._own[name].pk for name in names]


def _edition(own: OwnText) -> Edition | None:
    try:
        document = own_document(own)
    except UnreadableError:
        return None
    return Edition(
        paper=own.own_name,
        version=1,
        document=document,
        title=own.title,
        day=own.created.date().isoformat(),
        authors=document.authors,
    )
