"""A full text as HTML, block by block: made once, and only what a reader marked drawn anew.

Leaves out: what is a reader's own (`annotated.py`), and the page around it (`pages/read.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup

from bookwheel.content.passage import PREFIX, Drawn, passage_html, plain_html
from bookwheel.core.document import Block, Document, Image, Kind, Mark, Reference, Section, Span
from bookwheel.core.formulas import formulas
from bookwheel.index.remembered import Remembered
from bookwheel.models import Paper
from bookwheel.queries.documents import Held
from bookwheel.web.rendering import about, rendered

_SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_LIST = Markup('<ul class="items">\n'), Markup("</ul>\n")


@dataclass(frozen=True)
class Leaf:
    """A section: its heading and its blocks, each with its id in the document."""

    name: str  # id on the page; empty without a heading
    title: Markup
    number: str
    level: int
    blocks: tuple[tuple[str, Markup], ...]
    notes: tuple[tuple[str, Markup], ...]  # its footnotes


@dataclass(frozen=True)
class Source:
    """An entry of the list of references."""

    name: str
    label: str
    html: Markup
    reference: Reference


@dataclass(frozen=True)
class Leaves:
    """A whole document."""

    abstract: tuple[tuple[str, Markup], ...]
    sections: tuple[Leaf, ...]
    sources: tuple[Source, ...]
    blocks: Mapping[str, Block] = field(repr=False)


_made: Remembered[Leaves] = Remembered(24)  # a long paper takes about 2 MB


def leaves(paper: Paper, held: Held) -> Leaves:
    """The document of a paper as HTML, without anything of a reader's."""
    if held.text is None:
        return _make(held.document, "")
    base = picture_base(paper.arxiv_id, held.version)
    return _made.get((held.text.folder, base), lambda: _make(held.document, base))


def document_leaves(folder: str, document: Document, base: str) -> Leaves:
    """A document that is no paper's; `folder` tells it from others, pictures lie under `base`."""
    return _made.get((folder, base), lambda: _make(document, base))


def picture_base(arxiv_id: str, version: int) -> str:
    """Address of a version's pictures, to which their names are added."""
    return f"{about('paper', arxiv_id)}/v{version}/file/"


def block_html(
    block: Block, base: str, drawn: Sequence[Drawn] = (), *, swap: bool = False
) -> Markup:
    """One block with what is marked in it; with `swap` it replaces its namesake on the page."""
    return rendered(
        "_block.html",
        block=block,
        place=PREFIX + block.id,
        kind=block.kind.value,
        text=passage_html(block.text, _spans(block), drawn),
        title=plain_html(block.title) if block.title else "",
        pictures=[(base + quote(each.name), each) for each in shown(block.images) if base],
        unseen=len(block.images) - len(shown(block.images)),
        rows=[[plain_html(cell) for cell in row] for row in block.rows],
        swap=swap,
        like=_like(block, base),
    )


def _like(block: Block, base: str) -> str:
    """Address of a figure's own page."""
    if not base or block.kind is not Kind.FIGURE or block.part_of:
        return ""
    return f"{base.removesuffix('file/')}figure/{quote(block.id)}#like"


def _spans(block: Block) -> Sequence[Span]:
    """Its spans; a displayed equation is a formula throughout, whether it says so or not."""
    if block.spans or block.kind is not Kind.EQUATION:
        return block.spans
    return [Span(each.start, each.end, Mark.MATH) for each in formulas(block.text)]


def shown(images: Iterable[Image]) -> list[Image]:
    """Those that a browser can show."""
    return [each for each in images if each.name.lower().endswith(_SHOWN)]


def _make(document: Document, base: str) -> Leaves:
    blocks = {block.id: block for _section, block in document.blocks()}
    return Leaves(
        abstract=_drawn(document.abstract, base),
        sections=tuple(_leaf(section, base) for section in document.sections),
        sources=tuple(
            Source(PREFIX + each.id, each.label, plain_html(each.text), each)
            for each in document.references
        ),
        blocks=blocks,
    )


def _leaf(section: Section, base: str) -> Leaf:
    body = [block for block in section.blocks if block.kind is not Kind.FOOTNOTE]
    notes = [block for block in section.blocks if block.kind is Kind.FOOTNOTE]
    return Leaf(
        name=PREFIX + section.id if section.title else "",
        title=plain_html(section.title),
        number=section.number,
        level=min(max(section.level, 1), 4),
        blocks=_drawn(body, base),
        notes=_drawn(notes, base),
    )


def _drawn(blocks: Sequence[Block], base: str) -> tuple[tuple[str, Markup], ...]:
    """Blocks by their ids; the items of a list stand in one, so its ends come with no id."""
    made: list[tuple[str, Markup]] = []
    for is_item, run in groupby(blocks, key=lambda block: block.kind is Kind.ITEM):
        drawn = [(block.id, block_html(block, base)) for block in run]
        made += [("", _LIST[0]), *drawn, ("", _LIST[1])] if is_item else drawn
    return tuple(made)
