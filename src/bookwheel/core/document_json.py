"""The full text of a paper as JSON: what is stored, printed by `bookwheel read` and served.

Each dataclass of `document.py` becomes an object with its fields' names; a document has `format`,
which is raised when an older reader would misread it. A sentence also has its `text`, and a
document lists of its `figures`, `tables`, `equations` and `footnotes` by their ids: for readers
that are not ours, and not read back. Unknown keys are skipped, so that fields may be added.
Leaves out: bytes and compression; orjson takes what is made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bookwheel.core.document import (
    Block,
    Box,
    Document,
    Image,
    Kind,
    Mark,
    Reference,
    Section,
    Sentence,
    Source,
    Span,
)
from bookwheel.errors import UnreadableError

FORMAT = 1

Json = dict[str, Any]


def document_to_json(document: Document) -> Json:
    """Write a document as plain dicts, lists, strings and numbers."""
    placed = [block for _, block in document.blocks()]
    return {
        "format": FORMAT,
        "source": document.source.value,
        "title": document.title,
        "authors": list(document.authors),
        "front": [_block_to_json(block) for block in document.front],
        "abstract": [_block_to_json(block) for block in document.abstract],
        "sections": [_section_to_json(section) for section in document.sections],
        "references": [_reference_to_json(reference) for reference in document.references],
        "pages": document.pages,
        "warnings": list(document.warnings),
        "figures": [block.id for block in placed if block.kind is Kind.FIGURE],
        "tables": [block.id for block in placed if block.kind is Kind.TABLE],
        "equations": [block.id for block in placed if block.kind is Kind.EQUATION],
        "footnotes": [block.id for block in placed if block.kind is Kind.FOOTNOTE],
    }


def document_from_json(data: Mapping[str, Any]) -> Document:
    """Read what `document_to_json` wrote.

    Raises UnreadableError if it is of a newer format or no document at all.
    """
    try:
        if data["format"] != FORMAT:
            raise UnreadableError(
                f"This text was stored in format {data['format']!r}, which this version of "
                "Bookwheel does not read. Fetch the paper again."
            )
        return Document(
            source=Source(data["source"]),
            title=str(data["title"]),
            authors=tuple(map(str, data["authors"])),
            front=tuple(map(_block, data.get("front", ()))),
            abstract=tuple(map(_block, data["abstract"])),
            sections=tuple(map(_section, data["sections"])),
            references=tuple(map(_reference, data["references"])),
            pages=int(data.get("pages", 0)),
            warnings=tuple(map(str, data.get("warnings", ()))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError(
            "This text is stored in a form that cannot be read. Fetch the paper again."
        ) from error


def _section_to_json(section: Section) -> Json:
    return {
        "id": section.id,
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "appendix": section.appendix,
        "blocks": [_block_to_json(block) for block in section.blocks],
    }


def _block_to_json(block: Block) -> Json:
    return {
        "id": block.id,
        "kind": block.kind.value,
        "label": block.label,
        "title": block.title,
        "text": block.text,
        "sentences": [_sentence_to_json(sentence, block.text) for sentence in block.sentences],
        "spans": [
            {"start": span.start, "end": span.end, "mark": span.mark.value, "target": span.target}
            for span in block.spans
        ],
        "level": block.level,
        "part_of": block.part_of,
        "heads": block.heads,
        "rows": [list(row) for row in block.rows],
        "images": [
            {"name": image.name, "width": image.width, "height": image.height}
            for image in block.images
        ],
        "boxes": [_box_to_json(box) for box in block.boxes],
    }


def _sentence_to_json(sentence: Sentence, text: str) -> Json:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": text[sentence.start : sentence.end],
        "boxes": [_box_to_json(box) for box in sentence.boxes],
    }


def _box_to_json(box: Box) -> list[float]:
    return [box.page, box.left, box.top, box.right, box.bottom]


def _reference_to_json(reference: Reference) -> Json:
    return {
        "id": reference.id,
        "label": reference.label,
        "text": reference.text,
        "arxiv_ids": list(reference.arxiv_ids),
        "dois": list(reference.dois),
    }


def _section(data: Mapping[str, Any]) -> Section:
    return Section(
        id=str(data["id"]),
        title=str(data["title"]),
        level=int(data["level"]),
        number=str(data["number"]),
        appendix=bool(data["appendix"]),
        blocks=tuple(map(_block, data["blocks"])),
    )


def _block(data: Mapping[str, Any]) -> Block:
    return Block(
        id=str(data["id"]),
        kind=Kind(data["kind"]),
        text=str(data["text"]),
        sentences=tuple(map(_sentence, data["sentences"])),
        spans=tuple(map(_span, data["spans"])),
        label=str(data.get("label", "")),
        title=str(data.get("title", "")),
        level=int(data.get("level", 1)),
        part_of=str(data.get("part_of", "")),
        heads=int(data.get("heads", 0)),
        rows=tuple(tuple(map(str, row)) for row in data.get("rows", ())),
        images=tuple(map(_image, data.get("images", ()))),
        boxes=tuple(map(_box, data.get("boxes", ()))),
    )


def _sentence(data: Mapping[str, Any]) -> Sentence:
    return Sentence(int(data["start"]), int(data["end"]), tuple(map(_box, data.get("boxes", ()))))


def _span(data: Mapping[str, Any]) -> Span:
    mark = Mark(data["mark"])
    return Span(int(data["start"]), int(data["end"]), mark, str(data.get("target", "")))


def _image(data: Mapping[str, Any]) -> Image:
    return Image(str(data["name"]), int(data.get("width", 0)), int(data.get("height", 0)))


def _box(data: list[float]) -> Box:
    page, left, top, right, bottom = data
    return Box(int(page), float(left), float(top), float(right), float(bottom))


def _reference(data: Mapping[str, Any]) -> Reference:
    return Reference(
        id=str(data["id"]),
        text=str(data["text"]),
        label=str(data.get("label", "")),
        arxiv_ids=tuple(map(str, data.get("arxiv_ids", ()))),
        dois=tuple(map(str, data.get("dois", ()))),
    )
