"""The word index's files: its fields, how text becomes the tokens in them, and opening them.

Text is folded to ASCII and, but for names, stemmed; TeX must have been turned to words before.
Leaves out: what is written (`lexical_writer.py`), what is asked (`lookup.py`, `lexical.py`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import tantivy

from bookwheel.core import text
from bookwheel.errors import IndexDamagedError

LONGEST = 60  # characters of a token; longer ones are junk
_STEMMED, _PLAIN = "bookwheel_stemmed", "bookwheel_plain"
_ROW_BITS = 32
WITHDRAWN = "is:withdrawn"  # stands among the categories of a paper that is


@cache
def schema() -> tantivy.Schema:
    """Fields of a document."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", tokenizer_name=_STEMMED)
    builder.add_text_field("abstract", tokenizer_name=_STEMMED)
    builder.add_text_field("authors", tokenizer_name=_PLAIN)  # one value each: no phrase spans two
    builder.add_text_field("category", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("arxiv_id", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("moment", fast=True)
    builder.add_boolean_field("replaced", indexed=True)
    return builder.build()


def moment(day: int, row: int) -> int:
    """Day and row as one number: what papers are ordered by, newest first."""
    return (day << _ROW_BITS) | row


def row_of(moment: int) -> int:
    """The row in a moment."""
    return moment & ((1 << _ROW_BITS) - 1)


@cache
def analyzer(stemmed: bool) -> tantivy.TextAnalyzer:
    """What makes tokens of text."""
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
    """The tokens under which the words of titles and abstracts are found."""
    return list(analyzer(stemmed=True).analyze(words))


def plain_words(words: str) -> list[str]:
    """The same words without stemming; TeX is read."""
    return list(analyzer(stemmed=False).analyze(text.plain(words)))


def open_words(folder: Path, *, new: bool = False) -> tantivy.Index:
    """Open the files, or make them. Raises IndexDamagedError."""
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
    index.register_tokenizer(_STEMMED, analyzer(stemmed=True))
    index.register_tokenizer(_PLAIN, analyzer(stemmed=False))
    return index
