"""How `bookwheel read` prints a document for people.

Leaves out: JSON (`core/document_json.py`).
"""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bookwheel.core.document import Block, Document, Kind, Mark, Section

_WIDEST = 100  # characters; longer lines are hard to read
_STYLES = {
    Mark.EMPHASIS: "italic",
    Mark.STRONG: "bold",
    Mark.CODE: "cyan",
    Mark.MATH: "green",
    Mark.CITE: "blue",
    Mark.REF: "blue",
    Mark.LINK: "underline",
}


def show(document: Document) -> None:
    """Print a document."""
    console = Console(highlight=False, soft_wrap=False)
    console.width = min(console.width, _WIDEST)
    console.print(Text(document.title, "bold"))
    if document.authors:
        console.print(Text(", ".join(document.authors)))
    for block in (*document.front, *document.abstract):
        _block(console, block)
    for section in document.sections:
        _heading(console, section)
        for block in section.blocks:
            _block(console, block)
    if document.references:
        console.print(Text("\nReferences", "bold"))
    for reference in document.references:
        line = " ".join(filter(None, (reference.label, reference.text)))
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    for warning in document.warnings:
        console.print(Text(f"\nNote: {warning}", "dim"))


def _heading(console: Console, section: Section) -> None:
    if section.title or section.number:
        console.print(Text(f"\n{section.number} {section.title}".rstrip(), "bold"))


def _block(console: Console, block: Block) -> None:
    shown = styled(block)
    head = ". ".join(filter(None, (block.label, block.title)))
    if block.kind is Kind.EQUATION:
        shown.append(f"  {block.label}")
    elif head:
        mark = f"{head} " if block.kind is Kind.ITEM else f"{head}. "
        shown = Text(mark, "bold").append_text(shown)
    indent = {Kind.ITEM: 2 * block.level, Kind.PARAGRAPH: 0, Kind.THEOREM: 0}.get(block.kind, 4)
    if block.kind is Kind.CODE:
        shown = Text(f"{head}\n{block.text}".strip())
    console.print(Padding(shown, (1 if block.kind is not Kind.ITEM else 0, 0, 0, indent)))
    if block.rows:
        console.print(Padding(_table(block), (0, 0, 0, 4)))
    for image in block.images:
        console.print(Padding(Text(f"[{image.name}]", "dim"), (0, 0, 0, 4)))


def styled(block: Block) -> Text:
    """The text of a block with its spans."""
    text = Text(block.text)
    for span in block.spans:
        if style := _STYLES.get(span.mark):
            text.stylize(style, span.start, span.end)
    return text


def _table(block: Block) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    for number, row in enumerate(block.rows):
        style = "bold" if number < block.heads else ""
        table.add_row(*(Text(cell) for cell in row), style=style)
    return table
