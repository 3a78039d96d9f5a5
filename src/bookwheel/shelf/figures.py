"""The index of figures: words of captions in Tantivy.

A figure's words are its label and caption; the title of its paper counts a little. Leaves out: how
figures look (vectors in the database, `queries/figure_looks.py`), which papers may be answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tantivy
from filelock import FileLock
from tantivy import Occur, Query

from bookwheel.core.text import plain
from bookwheel.errors import DataFolderError
from bookwheel.index.words import analyzer, stems

FORMAT = "1"  # name of the folder: another format is another index, made anew
_TITLE = 0.3  # weight of the paper's title against the caption
_WHOLE = 2.0  # weight of the searched words side by side, against each of them
_HEAP = 30_000_000
_TOKENS = "bookwheel_stemmed"


@dataclass(frozen=True, slots=True)
class Captioned:
    """A figure by its number, and what is written below it."""

    figure: int
    caption: str
    kind: str


@cache
def schema() -> tantivy.Schema:
    """Fields of a document."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("caption", tokenizer_name=_TOKENS)
    builder.add_text_field("title", tokenizer_name=_TOKENS)
    builder.add_text_field("paper", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("figure", fast=True, stored=True)
    return builder.build()


class FigureIndex:
    """The index in a folder. Reading is safe from many threads; writers take turns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FORMAT
        self._lock = folder / "figures.lock"
        self._index: tantivy.Index | None = None
        self._stamp = 0

    @property
    def exists(self) -> bool:
        """Whether anything was ever indexed here in this format."""
        return (self._folder / "meta.json").exists()

    def put(self, papers: Iterable[tuple[int, str, Sequence[Captioned]]]) -> None:
        """Index the figures of papers (number, title, figures) in place of what there was of them.

        Raises:
            DataFolderError: the disk is full or read-only.
        """
        with self._writing() as writer:
            for paper, title, figures in papers:
                writer.delete_documents_by_term("paper", str(paper))
                for each in figures:
                    writer.add_document(_document(paper, title, each))

    def clear(self) -> None:
        """Forget everything. Raises DataFolderError."""
        with self._writing() as writer:
            writer.delete_all_documents()

    def search(
        self,
        words: Sequence[str],
        *,
        phrases: Sequence[str] = (),
        without: Sequence[str] = (),
        kind: str = "",
        papers: Sequence[int] | None = None,
        limit: int = 1000,
    ) -> list[tuple[int, float]]:
        """Numbers and BM25 of the figures with most of the words, best first.

        Phrases must be there, `without` must not; `papers` are the only ones that count.
        """
        if not self.exists or (papers is not None and not papers):
            return []
        index = self._open()
        parts = _conditions(phrases, without, kind, papers)
        wishes = _wishes([stem for word in words for stem in stems(plain(word))])
        if wishes is not None:
            parts += wishes
        if not any(occur is Occur.Must for occur, _query in parts):
            parts.append((Occur.Must, Query.all_query()))
        searcher = index.searcher()
        hits = searcher.search(Query.boolean_query(parts), limit, count=False).hits
        places = [address for _score, address in hits]
        return [
            (int(searcher.doc(place)["figure"][0]), float(score))
            for (score, _address), place in zip(hits, places, strict=True)
        ]

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
                f"The index of figures could not be written ({error}). Make room or fix the "
                "permissions of the data folder, then run `bookwheel index --figures`."
            ) from error


def _registered(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_TOKENS, analyzer(stemmed=True))
    return index


def _document(paper: int, title: str, each: Captioned) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("caption", plain(each.caption))
    document.add_text("title", plain(title))
    document.add_text("paper", str(paper))
    document.add_text("kind", each.kind or "none")
    document.add_unsigned("figure", each.figure)
    return document


def _conditions(
    phrases: Sequence[str], without: Sequence[str], kind: str, papers: Sequence[int] | None
) -> list[tuple[Occur, Query]]:
    parts = [(Occur.Must, found) for each in phrases if (found := _phrase(each)) is not None]
    parts += [(Occur.MustNot, found) for each in without if (found := _phrase(each)) is not None]
    needed = []
    if kind:
        needed.append(Query.term_query(schema(), "kind", kind))
    if papers is not None:
        needed.append(Query.term_set_query(schema(), "paper", [str(one) for one in papers]))
    return parts + [(Occur.Must, Query.const_score_query(each, 0.0)) for each in needed]


def _phrase(text: str) -> Query | None:
    tokens = list(stems(plain(text)))
    if len(tokens) > 1:
        return Query.phrase_query(schema(), "caption", list(tokens))
    return Query.term_query(schema(), "caption", tokens[0]) if tokens else None


def _wishes(words: Sequence[str]) -> list[tuple[Occur, Query]] | None:
    """At least one of the words; the more the better, and best of all side by side."""
    if not words:
        return None
    single = list(dict.fromkeys(words))
    captions = [_term("caption", word, 1.0) for word in single]
    if len(words) > 1:
        whole = Query.phrase_query(schema(), "caption", list(words))
        captions.append((Occur.Should, Query.boost_query(whole, _WHOLE)))
    titles = [_term("title", word, _TITLE) for word in single]
    return [
        (Occur.Must, Query.boolean_query(captions)),
        (Occur.Should, Query.boolean_query(titles)),
    ]


def _term(field: str, word: str, weight: float) -> tuple[Occur, Query]:
    return Occur.Should, Query.boost_query(Query.term_query(schema(), field, word), weight)
