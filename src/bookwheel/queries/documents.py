"""What can be read of a paper: its full text where that is here, else title and abstract."""

from __future__ import annotations

from dataclasses import dataclass

from bookwheel.content.abstract import abstract_document
from bookwheel.core.document import Document
from bookwheel.models import Paper


@dataclass(frozen=True)
class Held:
    """A document, and the version of the paper that it is."""

    version: int
    document: Document


def document_of(paper: Paper, version: int | None = None) -> Document:
    """The text of a version; without one of the newest version that is here."""
    return held(paper, version).document


def held(paper: Paper, version: int | None = None) -> Held:  # noqa: ARG001 - none is kept yet
    """The text of a version, or title and abstract, which are those of the newest version."""
    newest: int = paper.versions[-1][0]
    names = [" ".join(filter(None, (given, family))) for family, given, *_ in paper.authors]
    return Held(newest, abstract_document(paper.title, paper.abstract, names))
