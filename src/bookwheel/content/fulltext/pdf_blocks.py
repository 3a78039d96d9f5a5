"""Makes the document out of the pieces of a PDF: sections, blocks, sentences with their boxes.

Leaves out: what the pieces are (`pdf_flow.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from bookwheel.content.fulltext.found_ids import arxiv_ids, dois
from bookwheel.content.fulltext.pdf_cites import pointers, resolved
from bookwheel.content.fulltext.pdf_floats import Float, rows
from bookwheel.content.fulltext.pdf_flow import Piece
from bookwheel.content.fulltext.pdf_front import front
from bookwheel.content.fulltext.pdf_headings import Heading
from bookwheel.content.fulltext.pdf_images import cut_out
from bookwheel.content.fulltext.pdf_layout import Sheet
from bookwheel.content.fulltext.pdf_lines import Line
from bookwheel.content.fulltext.pdf_references import entries
from bookwheel.content.fulltext.pdf_text import Joined, Words, join
from bookwheel.core.document import (
    Block,
    Box,
    Document,
    Image,
    Kind,
    Reference,
    Section,
    Sentence,
    Source,
)
from bookwheel.core.sentences import sentences

_WITHOUT_SENTENCES = frozenset({Kind.EQUATION, Kind.CODE})
MOST_FIGURES = 400  # that are cut out


@dataclass(slots=True)
class _Open:
    """A section that is being filled."""

    heading: Heading
    level: int
    appendix: bool
    pieces: list[Piece] = field(default_factory=list)


class Assembler:
    """Holds what making blocks needs: the file, its pages, its words, the folder for figures."""

    def __init__(
        self,
        opened: pdfium.PdfDocument,
        pages: Sequence[Sheet],
        words: Words,
        folder: Path | None,
    ) -> None:
        self.opened = opened
        self.sheets = pages
        self.words = words
        self.folder = folder
        self.figures = 0
        self.references: list[Reference] = []

    def document(self, pieces: Sequence[Piece], body: float) -> Document:
        """All of it."""
        head = front(pieces, body)
        opened, listed = _sections(head.rest)
        self.references = self._references(listed)
        return Document(
            source=Source.PDF,
            title=head.title,
            authors=head.authors,
            front=self._blocks("front", head.notes),
            abstract=self._blocks("abstract", head.abstract),
            sections=resolved(
                [self._section(f"s{number}", one) for number, one in enumerate(opened, 1)]
            ),
            references=tuple(self.references),
        )

    def _section(self, identifier: str, one: _Open) -> Section:
        return Section(
            id=identifier,
            title=one.heading.title,
            level=one.level,
            number=one.heading.number,
            appendix=one.appendix,
            blocks=self._blocks(identifier, one.pieces),
        )

    def _blocks(self, prefix: str, pieces: Sequence[Piece]) -> tuple[Block, ...]:
        made: list[Block] = []
        for piece in pieces:
            block = self._block(f"{prefix}.{len(made) + 1}", piece)
            if block is not None:
                made.append(block)
        return tuple(made)

    def _block(self, identifier: str, piece: Piece) -> Block | None:
        if piece.float is not None:
            return self._float(identifier, piece.float)
        if piece.kind is Kind.EQUATION:
            return _equation(identifier, piece)
        if piece.kind is Kind.CODE:
            return Block(identifier, Kind.CODE, _code(piece.lines), boxes=_around(piece.lines))
        joined = join(piece.lines, self.words, piece.cut, math=True)
        if not joined.text.strip():
            return None
        return Block(
            id=identifier,
            kind=piece.kind,
            text=joined.text,
            sentences=_sentences(joined),
            spans=pointers(joined.text, self.references, joined.formulas),
            label=piece.label,
            boxes=_around(piece.lines),
        )

    def _float(self, identifier: str, one: Float) -> Block:
        caption = one.caption
        joined = join(caption.lines, self.words, caption.cut, math=True)
        images, box = self._cut(one)
        boxes = (box,) if box else ()
        if caption.kind is Kind.CODE:
            text = _code(one.lines)
            return Block(identifier, Kind.CODE, text, label=caption.label, boxes=boxes)
        return Block(
            id=identifier,
            kind=caption.kind,
            text=joined.text,
            sentences=_sentences(joined),
            spans=pointers(joined.text, self.references, joined.formulas),
            label=caption.label,
            rows=rows(one.lines) if caption.kind is Kind.TABLE else (),
            images=images,
            boxes=boxes,
        )

    def _cut(self, one: Float) -> tuple[tuple[Image, ...], Box | None]:
        """Write the picture of a float, if there is a folder for it."""
        if one.box is None or self.folder is None or self.figures >= MOST_FIGURES:
            return (), one.box
        self.figures += 1
        page = self.opened[one.box.page]
        try:
            cut = cut_out(page, one.box, self.folder, f"figure-{self.figures}.png")
        except (pdfium.PdfiumError, ValueError):  # a page that can be read but not drawn
            return (), one.box
        finally:
            page.close()
        return ((cut[0],), cut[1]) if cut else ((), None)

    def _references(self, pieces: Sequence[Piece]) -> list[Reference]:
        lines = [line for piece in pieces for line in piece.lines]
        return [
            Reference(f"b{number}", text, label, arxiv_ids(text), dois(text))
            for number, (label, text) in enumerate(entries(lines, self.sheets, self.words), 1)
        ]


def _sections(pieces: Sequence[Piece]) -> tuple[list[_Open], list[Piece]]:
    """The sections with what belongs to each, and what stands in the list of references."""
    opened: list[_Open] = []
    listed: list[Piece] = []
    in_references = appendix = False
    roman = sum(bool(p.heading and p.heading.is_roman) for p in pieces) > 2
    largest = max((p.heading.size for p in pieces if p.heading and p.heading.number), default=0.0)
    for piece in pieces:
        if piece.heading is not None:
            in_references = piece.heading.is_references
            after = bool(listed) and piece.heading.number[:1].isalpha()
            appendix = appendix or piece.heading.is_appendix or after
            if not in_references:
                level = _level(piece.heading, roman, largest, opened)
                opened.append(_Open(piece.heading, level, appendix))
        elif in_references and piece.float is None and piece.kind is not Kind.FOOTNOTE:
            listed.append(piece)
        else:
            if not opened:
                opened.append(_Open(Heading(""), 1, False))
            opened[-1].pieces.append(piece)
    return opened, listed


def _level(found: Heading, roman: bool, largest: float, opened: Sequence[_Open]) -> int:
    if found.size == 0.0 and not found.number:  # in the line
        return (
            max((one.level for one in opened[-1:] if one.heading.size), default=3) + 1
            if not (opened and opened[-1].heading.size == 0.0)
            else opened[-1].level
        )
    if found.number:
        if roman and len(found.number) == 1 and not found.is_roman:
            return 2
        return found.number.count(".") + 1
    if found.known or found.size >= largest - 0.3 or not largest:
        return 1
    return 2


def _sentences(joined: Joined) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(start, end, joined.boxes(start, end))
        for start, end in sentences(joined.text, joined.formulas)
    )


def _equation(identifier: str, piece: Piece) -> Block | None:
    text = " ".join(line.text for line in piece.lines)
    if piece.label:
        text = " ".join(text.replace(piece.label, " ").split())
    if not text.strip():
        return None
    boxes = _around(piece.lines)
    return Block(identifier, Kind.EQUATION, text, label=piece.label, boxes=boxes)


def _code(lines: Sequence[Line]) -> str:
    """Lines as they stand, with their indents."""
    if not lines:
        return ""
    left = min(line.left for line in lines)
    made: list[str] = []
    base = float("-inf")
    for line in sorted(lines, key=lambda line: (line.page, round(line.base), line.left)):
        if made and abs(line.base - base) < 0.4 * line.size:
            made[-1] += f" {line.text}"
        else:
            made.append(" " * round((line.left - left) / (0.5 * line.size)) + line.text)
        base = line.base
    return "\n".join(made)


def _around(lines: Sequence[Line]) -> tuple[Box, ...]:
    """A rectangle around the lines of each page and column."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is not None and last.page == line.page and line.base > last.base - 40:
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(
        Box(
            group[0].page,
            round(min(line.left for line in group), 1),
            round(min(line.top for line in group), 1),
            round(max(line.right for line in group), 1),
            round(max(line.bottom for line in group), 1),
        )
        for group in groups
    )
