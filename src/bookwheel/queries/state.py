"""What one reader did with one paper."""

from __future__ import annotations

from bookwheel.models import Mark, Paper, Reader, Tag
from bookwheel.queries.cards import Card
from bookwheel.queries.reading import readings


def card_of(reader: Reader, paper: Paper) -> Card:
    """The paper's card without any ranking; four queries."""
    mark = Mark.objects.filter(reader=reader, paper=paper).first()
    said = readings(reader, {paper.pk: paper.listed})
    tags = Tag.objects.filter(reader=reader, deleted=None, taggings__paper=paper)
    return Card(
        paper=paper,
        liked=mark is not None and mark.kind == Mark.Kind.LIKE,
        hidden=mark is not None and mark.kind == Mark.Kind.HIDE,
        read=said.read(paper.pk, paper.listed),
        later=said.later(paper.pk),
        tags=tuple(tags.order_by("taggings__id")),
    )
