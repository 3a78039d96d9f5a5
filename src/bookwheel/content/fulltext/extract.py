"""Reads any file that a paper comes in, in this process.

Leaves out: limits on time and memory. Whatever comes from outside goes through `sandbox.py`, which
calls this in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bookwheel.content.fulltext.forms import Form, form_of
from bookwheel.core.document import Document


def extract(data: bytes, folder: Path | None) -> Document:
    """Recognise and read it; pictures are written into the folder.

    Raises FullTextError.
    """
    return load(data)(data, folder)


def load(data: bytes) -> Callable[[bytes, Path | None], Document]:
    """The reader for this file, its libraries loaded."""
    form = form_of(data)
    if form is Form.HTML:
        from bookwheel.content.fulltext.html import read_html

        return lambda data, folder: read_html(data, folder=folder)
    if form is Form.PDF:
        from bookwheel.content.fulltext.pdf import read_pdf

        return lambda data, folder: read_pdf(data, folder=folder)
    from bookwheel.content.fulltext.tex import read_tex

    return lambda data, folder: read_tex(data, folder=folder)
