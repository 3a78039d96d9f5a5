"""What one reader did with one paper."""

from __future__ import annotations

from bookwheel.models import Mark, Paper, Reader, Tag
from bookwheel.queries.cards import Card


def card_of(reader: Reader, paper: Paper) -> Card:
    """The paper's card without any ranking; two queries."""
    mark = Mark.objects.filter(reader=reader, paper=paper).first()
    tags = Tag.objects.filter(reader=reader, deleted=None, taggings__paper=paper)
    return Card(
        paper=paper,
        liked=mark is not None and mark.kind == Mark.Kind.LIKE,
        hidden=mark is not None and mark.kind == Mark.Kind.HIDE,
        tags=tuple(tags.order_by("taggings__id")),
    )
