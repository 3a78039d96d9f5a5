"""The words of every paper, in Tantivy: BM25 over title, abstract and authors.

Holds any word, also those that the encoder does not know, with positions for phrases. Text is
turned from TeX to words, folded to ASCII and stemmed before it is indexed. Documents are found by row;
rows beyond the manifest's are leftovers of a killed build and are never answered.
Leaves out: what the search language looks like (`syntax.py`) and dead rows (`columns.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import FieldType, Occur, Query

from bookwheel.core import text
from bookwheel.errors import IndexDamagedError
from bookwheel.index.query import Filters
from bookwheel.index.syntax import (
    AllOf,
    AnyOf,
    Dated,
    HasId,
    InCategory,
    Node,
    Not,
    Phrase,
    Search,
    Word,
)

HEAP = 256_000_000  # bytes that the writer may fill before it flushes
LONGEST = 60  # characters of a token; longer ones are junk
_STEMMED, _PLAIN = "bookwheel_stemmed", "bookwheel_plain"
# Field of the search language -> field here and its weight in BM25.
_FIELDS = {"ti": ("title", 2.0), "abs": ("abstract", 1.0), "au": ("authors", 1.5)}


@cache
def schema() -> tantivy.Schema:
    """Fields of a document."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", tokenizer_name=_STEMMED)
    builder.add_text_field("abstract", tokenizer_name=_STEMMED)
    builder.add_text_field("authors", tokenizer_name=_PLAIN)
    builder.add_text_field("category", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("arxiv_id", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


@cache
def _analyzer(stemmed: bool) -> tantivy.TextAnalyzer:
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
    if stemmed:
        builder = builder.filter(tantivy.Filter.stemmer("english"))
    return builder.build()


def stems(words: str) -> list[str]:
    """The tokens under which text is found."""
    return list(_analyzer(stemmed=True).analyze(words))


def _open(folder: Path, *, new: bool = False) -> tantivy.Index:
    try:
        if new:
            folder.mkdir(parents=True)
            index = tantivy.Index(schema(), path=str(folder))
        else:
            index = tantivy.Index.open(str(folder))
    except ValueError as error:
        raise IndexDamagedError(
            f"The word index cannot be opened ({error}). `bookwheel index --rebuild` makes it anew."
        ) from error
    index.register_tokenizer(_STEMMED, _analyzer(stemmed=True))
    index.register_tokenizer(_PLAIN, _analyzer(stemmed=False))
    return index


class LexicalWriter:
    """Adds documents; what was not committed is gone when the process dies."""

    def __init__(self, folder: Path, *, rows: int, forget: NDArray[np.int32]) -> None:
        """Open or create. Rows from `rows` on and those in `forget` are deleted first."""
        index = _open(folder, new=not folder.exists())
        self._writer = index.writer(HEAP, 2)
        if index.searcher().num_docs:
            leftovers = Query.range_query(schema(), "row", FieldType.Unsigned, lower_bound=rows)
            self._writer.delete_documents_by_query(leftovers)
        for row in forget.tolist():
            self._writer.delete_documents_by_term("row", row)

    def add(self, row: int, paper: LexicalPaper) -> None:
        """Add one row."""
        document = tantivy.Document()
        document.add_text("title", paper.title)
        document.add_text("abstract", paper.abstract)
        document.add_text("authors", paper.authors)
        document.add_text("category", _with_archives(paper.categories))
        document.add_text("arxiv_id", paper.arxiv_id)
        document.add_unsigned("row", row)
        document.add_integer("day", paper.day)
        self._writer.add_document(document)

    def commit(self) -> None:
        """Make what was added durable and visible."""
        self._writer.commit()

    def close(self) -> None:
        """Wait for merges, so that readers find few segments."""
        self._writer.wait_merging_threads()


class LexicalPaper:
    """What is indexed of a paper, TeX already turned to words."""

    __slots__ = ("abstract", "arxiv_id", "authors", "categories", "day", "title")

    def __init__(
        self, *, arxiv_id: str, title: str, abstract: str, authors: str, categories: str, day: int
    ) -> None:
        self.arxiv_id = arxiv_id
        self.title = title
        self.abstract = abstract
        self.authors = authors
        self.categories = categories
        self.day = day


@cache
def _with_archives(categories: str) -> str:
    """Categories and their archives: "cs.LG math.ST" is also found under "cs" and "math"."""
    codes = categories.split()
    return " ".join(dict.fromkeys([*codes, *(code.partition(".")[0] for code in codes)]))


class Lexical:
    """The words of all papers, for reading."""

    def __init__(self, folder: Path) -> None:
        self._searcher = _open(folder).searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def best(
        self, search: Search, filters: Filters, limit: int
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Rows with the highest BM25, and their scores."""
        query = _both(_wishes(search.wanted), _conditions(search, filters))
        found = self._searcher.search(query, limit, count=False)
        return self._rows(found.hits), np.array([score for score, _ in found.hits], np.float32)

    def latest(self, search: Search, filters: Filters, limit: int) -> tuple[NDArray[np.intp], int]:
        """Rows that have every word, newest first, and how many there are in all."""
        every = AllOf(search.wanted) if search.wanted else None
        query = _both(None, [*_conditions(search, filters), *([_node(every)] if every else [])])
        found = self._searcher.search(query, limit, count=True, order_by_field="day")
        return self._rows(found.hits), int(found.count)

    def scores(
        self, search: Search, rows: NDArray[np.intp]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """For given rows: whether the conditions hold, and the BM25 of the wishes."""
        among = Query.term_set_query(schema(), "row", rows.tolist())
        musts = [Query.const_score_query(among, 0.0), *_conditions(search, Filters())]
        found = self._searcher.search(
            _both(_wishes(search.wanted), musts), max(len(rows), 1), count=False
        )
        position = {row: place for place, row in enumerate(rows.tolist())}
        holds, scores = np.zeros(len(rows), np.bool_), np.zeros(len(rows), np.float32)
        for row, (score, _) in zip(self._rows(found.hits).tolist(), found.hits, strict=True):
            holds[position[row]] = True
            scores[position[row]] = score
        return holds, scores

    def held(self, rows: int) -> NDArray[np.bool_]:
        """Which of the first `rows` rows have a document, bool [rows]."""
        held = np.zeros(rows, np.bool_)
        if len(self):
            found = self._searcher.search(Query.all_query(), len(self), count=False)
            present = self._rows(found.hits)
            held[present[present < rows]] = True
        return held

    def frequency(self, word: str) -> int:
        """In how many papers a word's stem stands, title or abstract."""
        return max(
            (
                int(self._searcher.doc_freq(field, stem))
                for stem in stems(word)
                for field in ("title", "abstract")
            ),
            default=0,
        )

    def _rows(self, hits: Iterable[tuple[float, tantivy.DocAddress]]) -> NDArray[np.intp]:
        addresses = [address for _, address in hits]
        return np.array(self._searcher.fast_field_values("row", addresses), np.intp)


def _both(wishes: Query | None, musts: list[Query]) -> Query:
    """Conditions that must hold without scoring, and wishes that score.

    With no condition at least one wish must be met; with neither, everything is found.
    """
    if not musts:
        return wishes or Query.all_query()
    parts = [(Occur.Must, Query.const_score_query(must, 0.0)) for must in musts]
    if wishes is not None:
        parts.append((Occur.Should, wishes))
    return Query.boolean_query(parts)


def _conditions(search: Search, filters: Filters) -> list[Query]:
    musts = [] if search.required is None else [_node(search.required)]
    if filters.categories:
        musts.append(_any([_node(InCategory(code)) for code in filters.categories]))
    if filters.first_day is not None or filters.last_day is not None:
        musts.append(_node(Dated(filters.first_day, filters.last_day)))
    return musts


def _wishes(words: tuple[Word, ...]) -> Query | None:
    return _any([_node(word) for word in words]) if words else None


def _any(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _node(node: Node) -> Query:
    """A syntax tree as a Tantivy query."""
    match node:
        case Word(text=word, field=name):
            return _words(word, name)
        case Phrase(words=words, field=name):
            return _words(" ".join(words), name)
        case InCategory(category=code):
            return Query.term_query(schema(), "category", code)
        case HasId(arxiv_id=identifier):
            return Query.term_query(schema(), "arxiv_id", identifier)
        case Dated(first=first, last=last):
            return _dated(first, last)
        case Not(node=inner):
            return Query.boolean_query(
                [(Occur.Must, Query.all_query()), (Occur.MustNot, _node(inner))]
            )
        case AllOf(nodes=nodes):
            return Query.boolean_query([(Occur.Must, _node(inner)) for inner in nodes])
        case AnyOf(nodes=nodes):
            return _any([_node(inner) for inner in nodes])


def _dated(first: int | None, last: int | None) -> Query:
    if first is None and last is None:
        return Query.all_query()
    return Query.range_query(
        schema(), "day", FieldType.Integer, lower_bound=first, upper_bound=last
    )


def _words(words: str, name: str) -> Query:
    """Words side by side in one field, or in any; a word that is all punctuation finds nothing."""
    fields = [_FIELDS[name]] if name else list(_FIELDS.values())
    queries = [
        Query.boost_query(query, boost)
        for field, boost in fields
        if (query := _in_field(text.plain(words), field)) is not None
    ]
    return _any(queries) if queries else Query.empty_query()


def _in_field(words: str, field: str) -> Query | None:
    tokens = list(_analyzer(stemmed=field != "authors").analyze(words))
    if not tokens:
        return None
    if len(tokens) == 1:
        return Query.term_query(schema(), field, tokens[0])
    return Query.phrase_query(schema(), field, tokens)
