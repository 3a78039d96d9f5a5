"""Quotations: what one is, how it is found in a text, and whether it is what it says it is.

A quotation is never written: it is cut, `source[start:end]`, from the exact text of one block of
one version of a paper. `held` is the only test of that, and all that shows quotations passes it.
Leaves out: which sentences are worth quoting (`assistant/evidence.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bookwheel.core.document import Block, Document
from bookwheel.core.sentences import sentences


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a paper: `source[start:end] == text`, `source` being the exact text of a block."""

    n: int  # number within its answer, from 1; 0 as long as it is in none
    paper: str  # arXiv identifier without version
    version: int
    section: str  # heading under which it stands; "Abstract" and "Title" for what they are
    block: str  # id of the block in its version
    start: int
    end: int
    text: str
    source: str
    title: str = ""  # of the paper, for people
    kind: str = "paragraph"  # of the block: `core.document.Kind`
    label: str = ""  # of a figure or table, as printed
    read_from: str = "abstract"  # `core.document.Source`

    @property
    def key(self) -> tuple[str, int, str, int, int]:
        """Equal for quotations of the same place."""
        return self.paper, self.version, self.block, self.start, self.end

    def numbered(self, n: int) -> Quote:
        """The same words under a number."""
        return replace(self, n=n)


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a paper as it is held: what quotations are cut from and checked against."""

    paper: str
    version: int
    document: Document
    title: str = ""
    day: str = ""  # of its announcement, ISO 8601
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def blocks(edition: Edition) -> Iterator[tuple[str, Block]]:
    """Each block with the heading it stands under; the title is no block."""
    for section, block in edition.document.blocks():
        if section is None:
            yield "Abstract", block
        else:
            yield " ".join(filter(None, (section.number, section.title))), block


def cut(edition: Edition, section: str, block: Block, start: int, end: int) -> Quote:
    """Cut a quotation out of a block."""
    return Quote(
        n=0,
        paper=edition.paper,
        version=edition.version,
        section=section,
        block=block.id,
        start=start,
        end=end,
        text=block.text[start:end],
        source=block.text,
        title=edition.title,
        kind=block.kind.value,
        label=block.label,
        read_from=edition.document.source.value,
    )


def places(block: Block) -> list[tuple[int, int]]:
    """Where the sentences of a block stand: as its reader marked them, or found in its text."""
    if block.sentences:
        return [(one.start, one.end) for one in block.sentences]
    return sentences(block.text)


def held(quote: Quote, edition: Edition | None) -> bool:
    """Whether a quotation stands, character for character, where it says in what is held."""
    if edition is None or (quote.paper, quote.version) != (edition.paper, edition.version):
        return False
    text = next((one.text for _, one in blocks(edition) if one.id == quote.block), None)
    if text is None or text != quote.source or not 0 <= quote.start < quote.end <= len(text):
        return False
    return text[quote.start : quote.end] == quote.text


def find(words: str, editions: Iterable[Edition]) -> Quote | None:
    """Find where words stand, white space aside; None if they stand nowhere."""
    parts = words.split()
    if not parts:
        return None
    for edition in editions:
        for section, block in blocks(edition):
            place = _place(parts, block.text)
            if place is not None:
                return cut(edition, section, block, *place)
    return None


def _place(parts: list[str], text: str) -> tuple[int, int] | None:
    folded = list[str]()
    offsets = list[int]()
    for at, letter in enumerate(text):
        if letter.isspace():
            if folded and folded[-1] != " ":
                folded.append(" ")
                offsets.append(at)
        else:
            folded.append(letter)
            offsets.append(at)
    wanted = " ".join(parts)
    start = "".join(folded).find(wanted)
    if start < 0:
        return None
    return offsets[start], offsets[start + len(wanted) - 1] + 1
