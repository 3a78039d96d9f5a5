"""Readers' own texts: which there are, what they say, where they say something.

Everything here is one reader's: the rows, the folder on disk, the index of passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.db.models import Sum

from bookwheel.config import config
from bookwheel.core.document import Document
from bookwheel.errors import UnreadableError
from bookwheel.index.remembered import Remembered
from bookwheel.models import OwnText, Reader
from bookwheel.queries.passages import scored_passages
from bookwheel.shelf import files
from bookwheel.shelf.passages import Found, PassageIndex

ORIGINAL = "original"  # name of the file as it was brought, before its suffix
_read: Remembered[Document] = Remembered(16)


def folder_of(reader: int) -> Path:
    """Where the texts of a reader lie, by the reader's number."""
    return config().own_texts / str(reader)


def texts_folder(reader: int) -> Path:
    """Their documents."""
    return folder_of(reader) / "texts"


def own_index(reader: int) -> PassageIndex:
    """The index of their passages."""
    return _index_in(folder_of(reader) / "passages")


@lru_cache(maxsize=64)
def _index_in(folder: Path) -> PassageIndex:
    return PassageIndex(folder)


def own_texts(reader: Reader) -> list[OwnText]:
    """All of a reader's, the last first."""
    return list(reader.own_texts.order_by("-pk"))


def own_texts_here(reader: Reader) -> list[OwnText]:
    """Those that were read and stay."""
    return list(reader.own_texts.filter(state=OwnText.State.HERE, temporary=False).order_by("-pk"))


def own_text_numbered(reader: Reader, number: int) -> OwnText | None:
    """One of the reader's."""
    return reader.own_texts.filter(pk=number).first()


def room_taken(reader: Reader) -> int:
    """Bytes on disk of all of a reader's texts."""
    return reader.own_texts.aggregate(all=Sum("size"))["all"] or 0


def own_document(own: OwnText) -> Document:
    """What a text says.

    Raises:
        UnreadableError: its files are missing or damaged.
    """
    if own.state != OwnText.State.HERE:
        raise UnreadableError(own.error or "This file was not read yet.")
    root = texts_folder(own.reader_id)
    stamp = files.stamp(root, own.folder)
    return _read.get((own.reader_id, own.folder, stamp), lambda: files.read(root, own.folder))


def own_passages(reader: int, text: str, numbers: Sequence[int]) -> list[tuple[Found, float]]:
    """Passages of some texts of one reader for a search, best first."""
    return scored_passages(own_index(reader), text, list(numbers)) if numbers else []
