"""What a reader takes out of the library, as citations: papers here and private ones."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from bookwheel.content.citations import Cited
from bookwheel.models import Mark, Paper, PrivatePaper, Reader, Tag, Tagging
from bookwheel.queries.interests import kept_in_order

AT_ONCE = 500


def taken_out(reader: Reader, tag: Tag | None = None) -> list[Cited]:
    """All that the reader keeps, or what is under one tag; last kept first, private ones last."""
    numbers = kept_in_order(reader, tag)
    tags = _tags(reader)
    liked = set(reader.marks.filter(kind=Mark.Kind.LIKE).values_list("paper_id", flat=True))
    said = dict(reader.readings.values_list("paper_id", "state"))
    found = []
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        papers = Paper.objects.in_bulk(part)
        for number in part:
            if paper := papers.get(number):
                states = ["liked" if number in liked else "", said.get(number, "")]
                found.append(
                    cited(paper, tuple(tags.get(number, ())), " ".join(filter(None, states)))
                )
    own = reader.private_papers.prefetch_related("tags").order_by("-created", "-pk")
    private = own.filter(tags=tag) if tag else own
    return found + [_private(one) for one in private]


def cited(paper: Paper, tags: tuple[str, ...] = (), state: str = "") -> Cited:
    """A paper as its citation says it."""
    return Cited(
        title=paper.title,
        authors=tuple(tuple(name) for name in paper.authors),
        arxiv_id=paper.arxiv_id,
        first_date=paper.first_date,
        dated=True,
        doi=paper.doi,
        journal_ref=paper.journal_ref,
        abstract=paper.abstract,
        categories=paper.categories,
        tags=tags,
        state=state,
    )


def _private(paper: PrivatePaper) -> Cited:
    return Cited(
        title=paper.title,
        authors=tuple((name[0], name[1], "") for name in paper.authors),
        arxiv_id=paper.arxiv_id,
        first_date=date(paper.year or 1, 1, 1),
        doi=paper.doi,
        journal_ref=paper.venue,
        abstract=paper.abstract,
        url=paper.url,
        tags=tuple(sorted(tag.name for tag in paper.tags.all() if tag.deleted is None)),
        note=paper.note,
        state="private",
    )


def _tags(reader: Reader) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    taggings = Tagging.objects.filter(tag__reader=reader, tag__deleted=None)
    for number, name in taggings.order_by("pk").values_list("paper_id", "tag__name"):
        held[number].append(name)
    return held
