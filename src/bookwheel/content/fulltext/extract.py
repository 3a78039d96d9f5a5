"""Reads any file that a paper comes in, in this process.

Leaves out: limits on time and memory. Whatever comes from outside goes through `sandbox.py`, which
calls this in a process of its own.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from bookwheel.content.fulltext.forms import Form, form_of
from bookwheel.core.document import Document

# Each is imported only when it is needed: lxml, pypdfium2 and numpy take memory and time to load.
_READERS = {Form.HTML: "html", Form.PDF: "pdf"}


class Reader(Protocol):
    """Reads one form; pictures are written into the folder. Raises FullTextError."""

    def __call__(self, data: bytes, *, folder: Path | None) -> Document:
        """Read a file's content."""
        ...


def extract(data: bytes, folder: Path | None) -> Document:
    """Recognise and read it."""
    return load(data)(data, folder=folder)


def load(data: bytes) -> Reader:
    """The reader for this file, its libraries loaded."""
    name = _READERS.get(form_of(data), "tex")
    return cast(Reader, getattr(import_module(f"{__package__}.{name}"), f"read_{name}"))
