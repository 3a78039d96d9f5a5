"""Keep the full text of a version of a paper: its files, what it cites, and that it is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from bookwheel.actions.index_passages import index_passages
from bookwheel.config import config
from bookwheel.core.document import Block, Document
from bookwheel.models import Citation, FullText, Paper
from bookwheel.shelf import files


def keep_document(
    paper: Paper,
    version: int,
    document: Document,
    images: Mapping[str, bytes],
    *,
    attached: bool = False,
) -> FullText:
    """Store a document and its pictures in place of what was known of this version.

    Pictures that the document names and that are not given are left out of it.

    Raises:
        DataFolderError: there is no room, or the folder or the index cannot be written.
    """
    document = _with_pictures(document, images)
    packed = files.packed(document, images)
    folder = files.write(config().full_texts, paper.arxiv_id, version, packed)
    now = timezone.now()
    values = {
        "state": FullText.State.HERE,
        "source": document.source.value,
        "licence": paper.license,
        "folder": folder,
        "size": sum(map(len, packed.values())),
        "attached": attached,
        "fetched": now,
        "opened": now,
        "tries": 0,
        "again": None,
        "error": "",
    }
    with transaction.atomic():
        before = FullText.objects.filter(paper=paper, version=version).first()
        text, _new = FullText.objects.update_or_create(
            paper=paper, version=version, defaults=values
        )
        text.citations.all().delete()
        Citation.objects.bulk_create(_citations(text, document))
    if before and before.folder not in ("", folder):
        files.remove(config().full_texts, before.folder)
    index_passages(paper)
    return text


def _with_pictures(document: Document, images: Mapping[str, bytes]) -> Document:
    def kept(block: Block) -> Block:
        there = tuple(image for image in block.images if image.name in images)
        return block if there == block.images else replace(block, images=there)

    sections = tuple(
        replace(section, blocks=tuple(map(kept, section.blocks))) for section in document.sections
    )
    return replace(document, sections=sections)


def _citations(text: FullText, document: Document) -> list[Citation]:
    made = []
    for reference in document.references:
        same = {"text": text, "reference": reference.id[:64]}
        made += [Citation(**same, arxiv_id=one[:32]) for one in reference.arxiv_ids]
        made += [Citation(**same, doi=one.lower()[:255]) for one in reference.dois]
    return made
