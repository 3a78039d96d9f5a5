"""Writing the words of papers into Tantivy.

What was not committed is gone when the process dies; what was committed but is not in the manifest
is left over, and the next writer removes it. Leaves out: reading (`lexical.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import FieldType, Query

from bookwheel.index.words import moment, open_words, schema

HEAP = 256_000_000  # bytes that the writer may fill before it flushes


class LexicalPaper:
    """What is indexed of a paper, TeX already turned to words."""

    __slots__ = ("abstract", "arxiv_id", "authors", "categories", "day", "replaced", "title")

    def __init__(
        self,
        *,
        arxiv_id: str,
        title: str,
        abstract: str,
        authors: Sequence[str],
        categories: str,
        day: int,
        replaced: bool,
    ) -> None:
        self.arxiv_id = arxiv_id
        self.title = title
        self.abstract = abstract
        self.authors = authors
        self.categories = categories
        self.day = day
        self.replaced = replaced


class LexicalWriter:
    """Adds documents. Everything here raises OSError when the disk is full or read-only."""

    def __init__(self, folder: Path, *, rows: int, forget: NDArray[np.int32]) -> None:
        """Open or create. Rows from `rows` on and those in `forget` are deleted first."""
        index = open_words(folder, new=not folder.exists())
        with _disk_errors():
            self._writer = index.writer(HEAP, 2)
            if index.searcher().num_docs:
                leftovers = Query.range_query(schema(), "row", FieldType.Unsigned, lower_bound=rows)
                self._writer.delete_documents_by_query(leftovers)
                # Deleting by term silently leaves documents alone when the field is unsigned.
                died = Query.term_set_query(schema(), "row", forget.tolist())
                self._writer.delete_documents_by_query(died)

    def add(self, row: int, paper: LexicalPaper) -> None:
        """Add one row."""
        document = tantivy.Document()
        document.add_text("title", paper.title)
        document.add_text("abstract", paper.abstract)
        for name in paper.authors:
            document.add_text("authors", name)
        document.add_text("category", _with_archives(paper.categories))
        document.add_text("arxiv_id", paper.arxiv_id)
        document.add_unsigned("row", row)
        document.add_unsigned("moment", moment(paper.day, row))
        document.add_boolean("replaced", paper.replaced)
        with _disk_errors():
            self._writer.add_document(document)

    def commit(self) -> None:
        """Make what was added durable and visible."""
        with _disk_errors():
            self._writer.commit()

    def close(self) -> None:
        """Wait for merges, so that readers find few segments."""
        with _disk_errors():
            self._writer.wait_merging_threads()


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Tantivy says with a ValueError that it could not write."""
    try:
        yield
    except ValueError as error:
        raise OSError(str(error)) from error


@cache
def _with_archives(categories: str) -> str:
    """Categories and their archives: "cs.LG math.ST" is also found under "cs" and "math"."""
    codes = categories.split()
    return " ".join(dict.fromkeys([*codes, *(code.partition(".")[0] for code in codes)]))
