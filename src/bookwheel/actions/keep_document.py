"""Keep the full text of a version of a paper: its files, its figures, and what it cites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from django.db import transaction
from django.utils import timezone

from bookwheel.actions.index_figures import index_figures
from bookwheel.actions.index_passages import index_passages
from bookwheel.config import config
from bookwheel.content.fulltext.pictured import ORIGINAL, Pictured, Seen, see
from bookwheel.core.document import Block, Document, Image
from bookwheel.core.floats import floats
from bookwheel.models import Citation, Figure, FullText, Paper
from bookwheel.queries.named_papers import named_papers
from bookwheel.shelf import files

_LEAST = 16  # pixels; what a document says to be smaller is a mark, not a figure


def keep_document(
    paper: Paper,
    version: int,
    document: Document,
    images: Mapping[str, bytes],
    *,
    original: bytes = b"",
    attached: bool = False,
) -> FullText:
    """Store a document and its pictures in place of what was known of this version.

    Pictures that the document names and that are not given are left out of it. `original` is the
    PDF that it was read from, if it was one: its pages can then be shown.

    Raises:
        DataFolderError: there is no room, or the folder or the index cannot be written.
    """
    seen = see(_captions(document), images, original)
    document = _with_pictures(document, images, seen.pictures)
    packed = files.packed(document, {**images, **seen.files, **_pages(original, seen)})
    folder = files.write(config().full_texts, paper.arxiv_id, version, packed)
    values = _values(paper, document, seen) | {
        "folder": folder,
        "size": sum(map(len, packed.values())),
        "attached": attached,
    }
    meant = named_papers(document.references)
    with transaction.atomic():
        before = FullText.objects.filter(paper=paper, version=version).first()
        text, _new = FullText.objects.update_or_create(
            paper=paper, version=version, defaults=values
        )
        text.citations.all().delete()
        Citation.objects.bulk_create(_citations(text, document, meant))
        text.figures.all().delete()
        Figure.objects.bulk_create(figures_of(text, document, seen))
    if before and before.folder not in ("", folder):
        files.remove(config().full_texts, before.folder)
    index_passages(paper)
    index_figures(paper)
    return text


def _values(paper: Paper, document: Document, seen: Seen) -> dict[str, Any]:
    now = timezone.now()
    page = seen.first_page
    return {
        "state": FullText.State.HERE,
        "source": document.source.value,
        "licence": paper.license,
        "page_width": page.width if page else 0,
        "page_height": page.height if page else 0,
        "fetched": now,
        "opened": now,
        "tries": 0,
        "again": None,
        "error": "",
    }


def _captions(document: Document) -> dict[str, str]:
    """Pictures that are looked at, by their names."""
    return {
        image.name: f"{each.label} {each.caption}".strip()
        for each in floats(document)
        for image in each.images
        if not 0 < min(image.width, image.height) < _LEAST
    }


def _pages(original: bytes, seen: Seen) -> dict[str, bytes]:
    """The PDF and the sizes of its pages, if it can be shown."""
    if seen.first_page is None:
        return {}
    return {ORIGINAL: original, files.SIZES: orjson.dumps(seen.first_page.sizes)}


def _with_pictures(
    document: Document, images: Mapping[str, bytes], seen: Mapping[str, Pictured]
) -> Document:
    def shown(image: Image) -> Image:
        one = seen.get(image.name)
        return Image(one.shown, one.width, one.height) if one else image

    def kept(block: Block) -> Block:
        there = tuple(shown(image) for image in block.images if image.name in images)
        return block if there == block.images else replace(block, images=there)

    sections = tuple(
        replace(section, blocks=tuple(map(kept, section.blocks))) for section in document.sections
    )
    return replace(document, sections=sections)


def figures_of(text: FullText, document: Document, seen: Seen) -> list[Figure]:
    """The rows of a document's figures, whose pictures have the names that browsers are shown."""
    by_shown = {one.shown: one for one in seen.pictures.values()}
    made = []
    for place, each in enumerate(floats(document)):
        looks = [by_shown[image.name] for image in each.images if image.name in by_shown]
        made.append(
            Figure(
                text=text,
                paper_id=text.paper_id,
                block=each.block[:64],
                place=place,
                label=each.label[:64],
                caption=each.caption,
                **(_picture(looks[0]) if looks else {}),
            )
        )
    return list({figure.block: figure for figure in made}.values())


def _picture(one: Pictured) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "colours": " ".join(one.colours),
        "picture": one.shown,
        "width": one.width,
        "height": one.height,
        "small": one.small,
        "small_width": one.small_width,
        "small_height": one.small_height,
        "look": one.look,
    }


def _citations(text: FullText, document: Document, meant: Mapping[str, Paper]) -> list[Citation]:
    """What the references name, and what papers here they mean without naming them."""
    made = []
    for reference in document.references:
        same = {"text": text, "reference": reference.id[:64]}
        ids = dict.fromkeys(reference.arxiv_ids)
        if paper := meant.get(reference.id):
            ids[paper.arxiv_id] = None
        made += [Citation(**same, arxiv_id=one[:32]) for one in ids]
        made += [Citation(**same, doi=one.lower()[:255]) for one in reference.dois]
    return made
