"""Plain text as a document: a paragraph where an empty line stands.

Leaves out: any markup; what looks like it stays as it is.
"""

from __future__ import annotations

import re

from bookwheel.content.clean import clean
from bookwheel.core.document import Block, Document, Kind, Section, Sentence, Source
from bookwheel.core.sentences import sentences

_PARAGRAPH = re.compile(r"\n\s*\n")
LONGEST = 4_000_000  # characters


def plain_document(text: str, title: str) -> Document:
    """Make a document; white space within paragraphs is folded."""
    parts = [" ".join(part.split()) for part in _PARAGRAPH.split(clean(text[:LONGEST]))]
    blocks = tuple(_block(n, part) for n, part in enumerate(filter(None, parts), 1))
    sections = (Section("s1", "", blocks=blocks),) if blocks else ()
    return Document(source=Source.TEXT, title=title, sections=sections)


def _block(number: int, text: str) -> Block:
    return Block(
        id=f"s1.p{number}",
        kind=Kind.PARAGRAPH,
        text=text,
        sentences=tuple(Sentence(start, end) for start, end in sentences(text)),
    )
