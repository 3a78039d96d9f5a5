"""What can be read of a paper: its full text where that is here, else title and abstract."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bookwheel.config import config
from bookwheel.content.abstract import abstract_document
from bookwheel.core.document import Document
from bookwheel.errors import UnreadableError
from bookwheel.index.remembered import Remembered
from bookwheel.models import FullText, Paper
from bookwheel.shelf import files

log = logging.getLogger(__name__)
_read: Remembered[Document] = Remembered(32)  # a long paper takes about 3 MB


@dataclass(frozen=True)
class Held:
    """A document, the version of the paper that it is, and its files if it is a full text."""

    version: int
    document: Document
    text: FullText | None = None


def document_of(paper: Paper, version: int | None = None) -> Document:
    """The text of a version; without one of the newest version that is here."""
    return held(paper, version).document


def held(paper: Paper, version: int | None = None) -> Held:
    """The text of a version, or title and abstract, which are those of the newest version.

    Whoever shows more of it than a quotation asks `access` first.
    """
    for text in texts_of(paper):
        if version in (None, text.version) and (document := _document(text)):
            return Held(text.version, document, text)
    return without_text(paper)


def without_text(paper: Paper) -> Held:
    """Title and abstract."""
    names = [" ".join(filter(None, (given, family))) for family, given, *_ in paper.authors]
    return Held(paper.versions[-1][0], abstract_document(paper.title, paper.abstract, names))


def texts_of(paper: Paper) -> list[FullText]:
    """The full texts of a paper that are here, the newest version first."""
    found = FullText.objects.filter(paper=paper, state=FullText.State.HERE)
    return list(found.order_by("-version"))


def _document(text: FullText) -> Document | None:
    """None when its files are damaged: then there is as much as if it had not been fetched."""
    try:
        root = config().full_texts
        stamp = files.stamp(root, text.folder)
        return _read.get((text.folder, stamp), lambda: files.read(root, text.folder))
    except UnreadableError as error:
        log.error("%s: %s", text, error)
        return None
