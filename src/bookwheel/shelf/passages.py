"""The index of passages: words in Tantivy, as for papers; meaning is worked out on the way.

BM25 finds candidates; the encoder that ranks papers then says what each candidate means, so that
no vectors are stored and another encoder needs no other index. In a paper or two all passages are
candidates. Tokens, stemming and the weight of words against meaning are those of papers.
Leaves out: which versions are in it (`actions/index_passages.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import tantivy
from filelock import FileLock
from tantivy import Occur, Query

from bookwheel.core.passages import Passage
from bookwheel.core.text import plain
from bookwheel.errors import DataFolderError
from bookwheel.index.scoring import SATURATION, idf
from bookwheel.index.words import analyzer, stems

FORMAT = "1"  # name of the folder: another format is another index, made anew
FEW = 600  # passages that are all looked at; about 30 ms
CANDIDATES = 200
_CONTEXT = 0.3  # weight of the titles around a passage against its own words
_HEAP = 50_000_000
_TOKENS = "bookwheel_stemmed"
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of a version of a paper (by its number), and the BM25 of its words."""

    paper: int
    version: int
    passage: Passage
    words: float


@cache
def schema() -> tantivy.Schema:
    """Fields of a document."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name=_TOKENS)
    builder.add_text_field("context", tokenizer_name=_TOKENS)
    builder.add_text_field("paper", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


class PassageIndex:
    """The index in a folder. Reading is safe from many threads; writers take turns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FORMAT
        self._lock = folder / "passages.lock"
        self._index: tantivy.Index | None = None
        self._stamp = 0

    @property
    def exists(self) -> bool:
        """Whether anything was ever indexed here in this format."""
        return (self._folder / "meta.json").exists()

    def put(self, paper: int, version: int, title: str, found: Iterable[Passage]) -> None:
        """Index passages in place of what there was of the paper.

        Raises:
            DataFolderError: the disk is full or read-only.
        """
        with self._writing() as writer:
            writer.delete_documents_by_term("paper", str(paper))
            for passage in found:
                writer.add_document(_document(paper, version, title, passage))

    def drop(self, paper: int) -> None:
        """Forget a paper. Raises DataFolderError."""
        with self._writing() as writer:
            writer.delete_documents_by_term("paper", str(paper))

    def clear(self) -> None:
        """Forget everything. Raises DataFolderError."""
        with self._writing() as writer:
            writer.delete_all_documents()

    def search(self, text: str, papers: Sequence[int] | None) -> list[Found]:
        """Candidates for a search among all papers or some, those with most of its words first.

        What stands in quotation marks must be there as it is.
        """
        if not self.exists or (papers is not None and not papers):
            return []
        searcher = self._open().searcher()
        allowed = _allowed(papers)
        few = papers is not None and searcher.search(allowed, 1).count <= FEW  # type: ignore[attr-defined]
        wishes, musts = _wishes(text)
        if wishes is None and not few:
            return []
        parts = [(Occur.Must, Query.const_score_query(allowed, 0.0))]
        parts += [(Occur.Must, Query.const_score_query(must, 0.0)) for must in musts]
        if wishes is not None:
            parts.append((Occur.Should if few else Occur.Must, wishes))
        hits = searcher.search(Query.boolean_query(parts), FEW if few else CANDIDATES).hits
        return [_found(searcher.doc(address), score) for score, address in hits]

    def most(self, text: str) -> float:
        """The BM25 that a passage with every word of a search, as often as can be, comes close to.

        0 when no passage has any of its words.
        """
        searcher = self._open().searcher()
        count = searcher.num_docs
        found = (int(searcher.doc_freq("text", stem)) for stem in dict.fromkeys(stems(plain(text))))
        return sum(SATURATION * idf(frequency, count) for frequency in found if frequency)

    def _open(self) -> tantivy.Index:
        stamp = (self._folder / "meta.json").stat().st_mtime_ns
        if self._index is None:
            self._index = _registered(tantivy.Index.open(str(self._folder)))
        elif stamp != self._stamp:
            self._index.reload()
        self._stamp = stamp
        return self._index

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._lock):
                index = _registered(tantivy.Index(schema(), path=str(self._folder), reuse=True))
                writer = index.writer(_HEAP, 1)
                yield writer
                writer.commit()
                writer.wait_merging_threads()
        except (OSError, ValueError) as error:  # Tantivy says with the latter that it cannot write
            raise DataFolderError(
                f"The index of passages could not be written ({error}). Make room or fix the "
                "permissions of the data folder, then run `bookwheel index --passages`."
            ) from error


def _registered(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_TOKENS, analyzer(stemmed=True))
    return index


def _document(paper: int, version: int, title: str, passage: Passage) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("text", plain(passage.text))
    document.add_text("context", plain(f"{title} {passage.section}"))
    document.add_text("paper", str(paper))
    document.add_bytes("shown", orjson.dumps([paper, version, passage]))
    return document


def _found(document: tantivy.Document, score: float) -> Found:
    paper, version, fields = orjson.loads(bytes(document["shown"][0]))
    sentences = tuple((start, end) for start, end in fields.pop("sentences"))
    return Found(paper, version, Passage(sentences=sentences, **fields), score)


def _allowed(papers: Sequence[int] | None) -> Query:
    if papers is None:
        return Query.all_query()
    return Query.term_set_query(schema(), "paper", [str(paper) for paper in papers])


def _wishes(text: str) -> tuple[Query | None, list[Query]]:
    """What scores, and what must be there."""
    musts = []
    for quoted in _QUOTED.findall(text):
        tokens = stems(plain(quoted))
        if len(tokens) > 1:
            musts.append(Query.phrase_query(schema(), "text", list(tokens)))
        elif tokens:
            musts.append(Query.term_query(schema(), "text", tokens[0]))
    words = dict.fromkeys(stems(plain(text)))
    if not words:
        return None, musts
    fields = [("text", 1.0), ("context", _CONTEXT)]
    each = [
        Query.boost_query(Query.term_query(schema(), field, word), weight)
        for word in words
        for field, weight in fields
    ]
    return Query.boolean_query([(Occur.Should, query) for query in each]), musts
