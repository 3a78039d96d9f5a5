"""What a reader marked and wrote: in one paper, found again in the version they look at; in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bookwheel.core.anchors import Anchor, Spot, Text, find
from bookwheel.index.remembered import Remembered
from bookwheel.models import Annotation, Paper, Place, Reader
from bookwheel.queries.documents import Held

# Where an annotation is in a document: looking again takes a millisecond for each that moved.
_spots: Remembered[Spot | None] = Remembered(4096)


@dataclass(frozen=True)
class Placed:
    """An annotation and where it is; without a place it is a note on the paper, or an orphan."""

    annotation: Annotation
    spot: Spot | None

    @property
    def orphaned(self) -> bool:
        """Whether its passage is not in this version."""
        return self.spot is None and bool(self.annotation.quote)


def annotations_in(reader: Reader, paper: Paper, held: Held) -> list[Placed]:
    """The reader's annotations of a paper in the order of the text; those without a place last."""
    found = list(_kept(reader).filter(paper=paper).order_by("pk"))
    if not found:
        return []
    texts = [Text(block.id, block.text) for _section, block in held.document.blocks()]
    order = {text.block: place for place, text in enumerate(texts)}
    placed = [Placed(each, _spot(each, held, texts)) for each in found]
    return sorted(placed, key=lambda each: _position(each.spot, order))


def all_annotations(reader: Reader, words: str = "") -> QuerySet[Annotation]:
    """Everything the reader marked and wrote, the latest first; with every one of some words."""
    found = _kept(reader).select_related("paper").order_by("-changed", "-pk")
    for word in words.split():
        found = found.filter(
            Q(quote__icontains=word) | Q(note__icontains=word) | Q(paper__title__icontains=word)
        )
    return found


def annotation_numbered(reader: Reader, number: int) -> Annotation | None:
    """One of the reader's annotations that are not deleted."""
    return _kept(reader).filter(pk=number).select_related("paper").first()


def notes_on(reader: Reader, paper: Paper) -> int:
    """How many annotations of a paper the reader has."""
    return _kept(reader).filter(paper=paper).count()


def place_in(reader: Reader, paper: Paper) -> Place | None:
    """Where the reader stopped."""
    return Place.objects.filter(reader=reader, paper=paper).first()


def _kept(reader: Reader) -> QuerySet[Annotation]:
    return reader.annotations.filter(deleted=None)


def _spot(annotation: Annotation, held: Held, texts: Sequence[Text]) -> Spot | None:
    if not annotation.quote:
        return None
    wanted = Anchor(
        annotation.block,
        annotation.start,
        annotation.end,
        annotation.quote,
        annotation.before,
        annotation.after,
    )
    edition = held.text.folder if held.text else hash(texts[0].text if texts else "")
    return _spots.get((wanted, edition), lambda: find(wanted, texts))


def _position(spot: Spot | None, order: dict[str, int]) -> tuple[int, int]:
    return (order[spot.block], spot.start) if spot else (len(order), 0)
