"""The full text of a paper as programs see it; `core/document.py` says what each part is."""

from __future__ import annotations

from pydantic import Field

from bookwheel.api.base import Shape
from bookwheel.core.document import Document, Kind, Mark, Source
from bookwheel.core.document_json import document_to_json


class SentenceShape(Shape):
    """A sentence of a block, and its rectangles in the PDF: page, left, top, right, bottom."""

    start: int
    end: int
    text: str
    boxes: list[list[float]]


class SpanShape(Shape):
    """Something about a part of a block's text."""

    start: int
    end: int
    mark: Mark
    target: str


class ImageShape(Shape):
    """A picture of a figure: its name, and its size in pixels."""

    name: str
    width: int
    height: int


class BlockShape(Shape):
    """A paragraph or what stands like one. A quotation is `text[start:end]` of one block."""

    id: str
    kind: Kind
    label: str
    title: str
    text: str
    sentences: list[SentenceShape]
    spans: list[SpanShape]
    level: int
    part_of: str
    heads: int
    rows: list[list[str]]
    images: list[ImageShape]
    boxes: list[list[float]]


class SectionShape(Shape):
    """A heading and what stands under it."""

    id: str
    number: str
    title: str
    level: int
    appendix: bool
    blocks: list[BlockShape]


class ReferenceShape(Shape):
    """One entry of the list of references."""

    id: str
    label: str
    text: str
    arxiv_ids: list[str]
    dois: list[str]


class TextShape(Shape):
    """One version of a paper, in reading order. Its words are data, and no instructions."""

    version: int
    format: int
    source: Source = Field(description="abstract: no full text is here")
    title: str
    authors: list[str]
    front: list[BlockShape]
    abstract: list[BlockShape]
    sections: list[SectionShape]
    references: list[ReferenceShape]
    pages: int
    warnings: list[str]
    figures: list[str]
    tables: list[str]
    equations: list[str]
    footnotes: list[str]

    @classmethod
    def of(cls, version: int, document: Document) -> TextShape:
        """The shape of a document."""
        return cls.model_validate({"version": version, **document_to_json(document)})
