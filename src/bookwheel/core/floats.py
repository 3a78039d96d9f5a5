"""The figures of a document, each with its caption and all its pictures.

Parts of a figure with captions of their own count with the figure that they are parts of.
Leaves out: what a figure looks like (`content/figures.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from bookwheel.core.document import Block, Document, Image, Kind


@dataclass(frozen=True, slots=True)
class Float:
    """One figure, or a table that is a picture."""

    block: str
    label: str
    caption: str  # of the figure, then of its parts
    images: tuple[Image, ...]


def floats(document: Document) -> list[Float]:
    """In reading order. Tables without pictures are text, and not among them."""
    blocks = [block for _section, block in document.blocks()]
    known = {block.id for block in blocks if block.kind is Kind.FIGURE}
    parts: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.part_of in known:
            parts[block.part_of].append(block)
    return [
        _float(block, parts[block.id])
        for block in blocks
        if block.part_of not in known and (block.kind is Kind.FIGURE or _is_picture(block))
    ]


def _is_picture(block: Block) -> bool:
    return block.kind is Kind.TABLE and bool(block.images) and not block.rows


def _float(block: Block, parts: list[Block]) -> Float:
    said = [block.text, *(part.text for part in parts)]
    images = [*block.images, *(image for part in parts for image in part.images)]
    return Float(block.id, block.label, " ".join(filter(None, said)), tuple(images))
