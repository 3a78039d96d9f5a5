"""What a paper said in each of its versions, as far as that is here."""

from __future__ import annotations

from dataclasses import dataclass

from bookwheel.models import Paper, Revision


@dataclass(frozen=True)
class Said:
    """One version."""

    number: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]


def kept_versions(paper: Paper) -> set[int]:
    """Numbers of the versions whose words are here; the latest always is."""
    earlier = Revision.objects.filter(paper=paper).values_list("number", flat=True)
    return {*earlier, paper.versions[-1][0]}


def said(paper: Paper, number: int) -> Said | None:
    """What a version said, or None."""
    found: Paper | Revision | None = paper
    if number != paper.versions[-1][0]:
        found = Revision.objects.filter(paper=paper, number=number).first()
    if found is None:
        return None
    names = tuple(" ".join(filter(None, (one[1], one[0], *one[2:]))) for one in found.authors)
    return Said(number, found.title, found.abstract, names, tuple(found.categories.split()))
