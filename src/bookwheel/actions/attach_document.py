"""Keep a paper's text from a file that the operator has: HTML, TeX or PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bookwheel.actions.fetch_document import flat, flat_name, pictures_in
from bookwheel.actions.keep_document import keep_document
from bookwheel.actions.make_room import make_room
from bookwheel.content.fulltext.sandbox import read_file
from bookwheel.core.document import Document
from bookwheel.errors import NotFoundError, UnreadableError
from bookwheel.models import FullText, Paper


def attach_document(paper: Paper, file: Path, version: int | None = None) -> FullText:
    """Read a file and keep it as a version, the newest if none is named. Pictures beside it too.

    Raises:
        NotFoundError: the paper has no such version.
        FullTextError: it cannot be read as a paper.
        DataFolderError: it cannot be stored.
        OSError: the file cannot be opened.
    """
    numbers = [number for number, *_rest in paper.versions]
    wanted = version or numbers[-1]
    if not 1 <= wanted <= numbers[-1]:
        raise NotFoundError(f"{paper.arxiv_id} has versions 1 to {numbers[-1]}.")
    with tempfile.TemporaryDirectory(prefix="bookwheel-text-") as folder:
        document = read_file(file, folder=Path(folder))
        if not any(True for _ in document.blocks()):
            raise UnreadableError(" ".join(document.warnings) or f"There is no text in {file}.")
        pictures = pictures_in(Path(folder))
    pictures = _beside(document, file.resolve().parent) | pictures
    original = file.read_bytes() if document.source == "pdf" else b""
    text = keep_document(paper, wanted, flat(document), pictures, original=original, attached=True)
    make_room()
    return text


def _beside(document: Document, folder: Path) -> dict[str, bytes]:
    """Pictures that a page names and that lie beside it."""
    found = {}
    for _section, block in document.blocks():
        for image in block.images:
            path = (folder / image.name).resolve()
            if image.name and path.is_relative_to(folder) and path.is_file():
                found[flat_name(image.name)] = path.read_bytes()
    return found
