"""A full text on disk: one folder with the document and its pictures, written once.

The folder's name ends in the hash of the document's bytes, so what is read is what was written, and
another reading of the same version is another folder: the database says which one counts, and a
write that was broken off leaves nothing that anybody reads.
Leaves out: which paper and version it is (`models/full_text.py`), and room (`actions/make_room`).
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import orjson
import zstandard

from bookwheel.core.document import Document
from bookwheel.core.document_json import document_from_json, document_to_json
from bookwheel.errors import BookwheelError, DataFolderError, UnreadableError

_DOCUMENT = "document.json.zst"
SIZES = "pages.json"  # of the pages of a PDF, in points
_HASH = 16  # hexadecimal digits of it in the folder's name
_LARGEST = 256 << 20  # bytes of a document's JSON
_NAME = re.compile(r"(?!\.)[\w.-]{1,120}", re.ASCII)
_NOT_IN_NAME = re.compile(r"[^\w.-]", re.ASCII)


def write(root: Path, arxiv_id: str, version: int, files: Mapping[str, bytes]) -> str:
    """Write the files of a document in full, or nothing. Returns the folder's name below `root`.

    `files` are those of `packed`.

    Raises:
        DataFolderError: the disk is full or read-only.
    """
    digest = hashlib.sha256(files[_DOCUMENT]).hexdigest()[:_HASH]
    name = f"{_NOT_IN_NAME.sub('_', arxiv_id)}/v{version}-{digest}"
    target = root / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="new-", dir=root))
        try:
            for file, data in files.items():
                _write(unfinished / file, data)
            shutil.rmtree(target, ignore_errors=True)  # the same document, perhaps other pictures
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise DataFolderError(
            f"The full text of {arxiv_id} could not be written ({error}). Make room or fix the "
            "permissions of the data folder."
        ) from error
    return name


def packed(document: Document, images: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a document by their names; pictures with names that are none are left out."""
    raw = orjson.dumps(document_to_json(document))
    files = {name: data for name, data in images.items() if is_name(name)}
    return files | {_DOCUMENT: zstandard.ZstdCompressor(level=9).compress(raw)}


def stamp(root: Path, folder: str) -> int:
    """When a document was written, in nanoseconds. Raises UnreadableError."""
    with _reading():
        return (root / folder / _DOCUMENT).stat().st_mtime_ns


def read(root: Path, folder: str) -> Document:
    """Read a document.

    Raises:
        UnreadableError: it is missing, was changed, or is of a newer format.
    """
    with _reading():
        data = (root / folder / _DOCUMENT).read_bytes()
    if not folder.endswith(hashlib.sha256(data).hexdigest()[:_HASH]):
        raise UnreadableError("The stored text is damaged. Fetch the paper again.")
    try:
        raw = zstandard.ZstdDecompressor().decompress(data, max_output_size=_LARGEST)
        return document_from_json(orjson.loads(raw))
    except (zstandard.ZstdError, orjson.JSONDecodeError) as error:
        raise UnreadableError("The stored text is damaged. Fetch the paper again.") from error


def picture(root: Path, folder: str, name: str) -> Path | None:
    """Where a picture of a document lies, if it has one of this name."""
    path = root / folder / name
    return path if is_name(name) and name != _DOCUMENT and path.is_file() else None


def page_sizes(root: Path, folder: str) -> list[tuple[float, float]]:
    """Width and height of each page of the PDF in points; empty where there is none."""
    try:
        found = orjson.loads((root / folder / SIZES).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return []
    return [(float(width), float(height)) for width, height in found]


def add(root: Path, folder: str, name: str, data: bytes) -> None:
    """Put one more file beside a document: a page that was drawn. Raises DataFolderError."""
    path = root / folder / name
    try:
        new = path.with_name(f".{name}.{os.getpid()}.new")
        _write(new, data)
        new.replace(path)
    except OSError as error:
        raise DataFolderError(
            f"A picture of a page could not be written ({error}). Make room or fix the "
            "permissions of the data folder."
        ) from error


def remove(root: Path, folder: str) -> None:
    """Remove a document's files, if they are there."""
    if not folder:
        raise BookwheelError("A full text without a folder cannot be removed.")
    shutil.rmtree(root / folder, ignore_errors=True)


def is_name(name: str) -> bool:
    """Whether a file may be called so."""
    return _NAME.fullmatch(name) is not None


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableError(
            f"The stored text cannot be read ({error}). Fetch the paper again."
        ) from error


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
