"""The full text of one version of a paper: one structure, whatever it was read from.

A block is the unit that is shown, searched and quoted: its `text` is what a reader reads, with
mathematics as TeX between dollar signs (as in arXiv's abstracts), and everything else about it
(sentences, spans, boxes) points into that text by character offsets. A quotation is
`text[start:end]` of one block of one version.
Leaves out: its form as JSON (`document_json.py`), reading HTML, TeX and PDF (`content/fulltext`),
keeping documents (`actions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """What a document was read from."""

    HTML = "html"
    TEX = "tex"
    PDF = "pdf"
    TEXT = "text"  # plain text that a reader brought
    ABSTRACT = "abstract"  # no full text here: title and abstract alone


class Kind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list; `label` is its mark, as printed: "•", "(ii)"
    QUOTE = "quote"
    THEOREM = "theorem"  # and definitions, proofs and the like; `label` is "Theorem 2"
    EQUATION = "equation"  # displayed; `text` is its TeX between double dollar signs
    CODE = "code"  # listings and algorithms; `title` is the caption
    TABLE = "table"  # `text` is its caption, `rows` its cells
    FIGURE = "figure"  # `text` is its caption, `images` its parts
    FOOTNOTE = "footnote"


class Mark(StrEnum):
    """What a span of a block's text is."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    MATH = "math"  # with its dollar signs
    CITE = "cite"  # target: id of a reference; empty if not found, or around several: "[1, 2]"
    REF = "ref"  # target: id of a section or block; empty if not found
    NOTE = "note"  # a footnote is called here: empty (start == end); target: its id
    LINK = "link"  # target: an address


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page of a PDF: page from 0, points (1/72 inch) from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """Offsets of one sentence in its block's text, and where it stands in the PDF, if it is one."""

    start: int
    end: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Something about a part of a block's text; spans are ordered and either nest or are apart."""

    start: int
    end: int
    mark: Mark
    target: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a figure: its file's name beside the document, and its size in pixels."""

    name: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or what stands like one. `id` is unique in its version, as "s2.4"."""

    id: str
    kind: Kind
    text: str
    sentences: tuple[Sentence, ...] = ()
    spans: tuple[Span, ...] = ()
    label: str = ""  # "Figure 3", "(12)", as printed
    title: str = ""  # of a theorem or an algorithm
    level: int = 1  # of an item: 2 in a list inside a list
    part_of: str = ""  # id of the figure that follows, of which this is a part with its own caption
    heads: int = 0  # how many of the rows are heads of the columns
    rows: tuple[tuple[str, ...], ...] = ()
    images: tuple[Image, ...] = ()
    boxes: tuple[Box, ...] = ()  # the whole block, as of a figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it until the next heading; level 1 is a section."""

    id: str
    title: str
    level: int = 1
    number: str = ""  # as printed: "2.1", "A"
    appendix: bool = False
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the list of references, and the identifiers found in it."""

    id: str
    text: str
    label: str = ""  # as printed: "[12]"
    arxiv_ids: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a paper, in reading order. Blocks before the first heading stand in a section
    without title. Footnotes are blocks of the section they belong to."""

    source: Source
    title: str = ""
    authors: tuple[str, ...] = ()
    front: tuple[Block, ...] = ()  # what else stands around the title: affiliations, thanks, dates
    abstract: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    pages: int = 0  # of a PDF
    warnings: tuple[str, ...] = ()  # what could not be read, in words for readers

    def blocks(self) -> Iterator[tuple[Section | None, Block]]:
        """All blocks of abstract (section: None) and text, in reading order."""
        yield from ((None, block) for block in self.abstract)
        yield from ((section, block) for section in self.sections for block in section.blocks)
