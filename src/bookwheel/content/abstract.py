"""Title and abstract as a document, for papers whose full text is not here.

The TeX of metadata is read as on a paper's page, so the text of a block is what a reader sees, with
mathematics between dollar signs. Leaves out: full texts (`fulltext`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bookwheel.content.pieces import Piece
from bookwheel.content.plain import to_text
from bookwheel.content.texread import read
from bookwheel.core.document import Block, Document, Kind, Mark, Sentence, Source, Span
from bookwheel.core.sentences import sentences

_PARAGRAPH = re.compile(r"\n\s+")
_MARKS = {"em": Mark.EMPHASIS, "strong": Mark.STRONG, "code": Mark.CODE}


def abstract_document(title: str, abstract: str, authors: Sequence[str]) -> Document:
    """Make a document of what metadata say; its blocks are the abstract's paragraphs."""
    paragraphs = (_shown(read(part)) for part in _PARAGRAPH.split(abstract))
    blocks = (_block(number, *shown) for number, shown in enumerate(filter(None, paragraphs), 1))
    return Document(
        source=Source.ABSTRACT,
        title=to_text(title),
        authors=tuple(authors),
        abstract=tuple(blocks),
    )


def _shown(pieces: Iterable[Piece]) -> tuple[str, tuple[Span, ...]] | None:
    """The text that the pieces make together, and their spans; None where there is none."""
    text = ""
    spans: list[Span] = []
    for piece in pieces:
        start = len(text)
        dollars = {"": "", "inline": "$", "display": "$$"}[piece.math]
        text += dollars + piece.text.replace("\n", " ") + dollars
        if piece.link:
            spans.append(Span(start, len(text), Mark.LINK, piece.link))
        marks = [_MARKS[style] for style in piece.styles if style in _MARKS]
        spans += [Span(start, len(text), mark) for mark in marks]
        if piece.math:
            spans.append(Span(start, len(text), Mark.MATH))
    return (text, tuple(spans)) if text.strip() else None


def _block(number: int, text: str, spans: tuple[Span, ...]) -> Block:
    return Block(
        id=f"a.p{number}",
        kind=Kind.PARAGRAPH,
        text=text,
        sentences=tuple(Sentence(start, end) for start, end in sentences(text)),
        spans=spans,
    )
