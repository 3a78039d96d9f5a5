"""What a reader is interested in, as tastes: one for each tag, and one for likes without a tag."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from bookwheel.core.taste import Taste
from bookwheel.index.engine import Engine
from bookwheel.models import Mark, Reader, Tag, Tagging

LATEST = 500  # papers of an interest that are learned from, the last kept first


@dataclass(frozen=True)
class Interest:
    """A tag, or (tag None) all that is liked without one, with the numbers of its papers."""

    tag: Tag | None
    papers: tuple[int, ...]
    hidden: tuple[int, ...]

    def taste(self, engine: Engine) -> Taste:
        """What it has learned; fitted once for each state of likes and index."""
        return engine.taste(self.papers[:LATEST], self.hidden[:LATEST])


def interests(reader: Reader, tags: list[Tag] | None = None) -> list[Interest]:
    """The reader's interests that have any paper; with `tags`, only those of these tags."""
    marks = Mark.objects.filter(reader=reader).order_by("-created", "-id")
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, paper in marks.values_list("kind", "paper_id"):
        by_kind[kind].append(paper)
    tagged = _tagged(reader)
    if tags is None:
        under_a_tag = {paper for papers in tagged.values() for paper in papers}
        tagged[None] = [paper for paper in by_kind[Mark.Kind.LIKE] if paper not in under_a_tag]
    return [
        _interest(tag, papers, by_kind[Mark.Kind.HIDE])
        for tag, papers in tagged.items()
        if papers and (tags is None or tag in tags)
    ]


def _interest(tag: Tag | None, papers: list[int], hidden: list[int]) -> Interest:
    """A hidden paper is still an example of the tag that it stands under."""
    mine = set(papers)
    return Interest(tag, tuple(papers), tuple(paper for paper in hidden if paper not in mine))


def _tagged(reader: Reader) -> dict[Tag | None, list[int]]:
    tags = reader.tags.filter(deleted=None).in_bulk()
    found: dict[Tag | None, list[int]] = defaultdict(list)
    taggings = Tagging.objects.filter(tag__in=list(tags)).order_by("-created", "-id")
    for tag, paper in taggings.values_list("tag_id", "paper_id"):
        found[tags[tag]].append(paper)
    return found


def kept(reader: Reader) -> set[int]:
    """Numbers of all papers in the reader's library."""
    liked = Mark.objects.filter(reader=reader, kind=Mark.Kind.LIKE)
    tagged = Tagging.objects.filter(tag__reader=reader, tag__deleted=None)
    return set(
        liked.values_list("paper_id", flat=True).union(tagged.values_list("paper_id", flat=True))
    )


def kept_in_order(reader: Reader, tag: Tag | None) -> list[int]:
    """Numbers of the papers in the library, or under one tag, last kept first, each once."""
    taggings = Tagging.objects.filter(tag__reader=reader, tag__deleted=None)
    found = list((taggings.filter(tag=tag) if tag else taggings).values_list("created", "paper_id"))
    if tag is None:
        likes = Mark.objects.filter(reader=reader, kind=Mark.Kind.LIKE)
        found += likes.values_list("created", "paper_id")
    return list(dict.fromkeys(paper for _, paper in sorted(found, reverse=True)))


def hidden(reader: Reader) -> set[int]:
    """Numbers of all papers that the reader has hidden."""
    marks = Mark.objects.filter(reader=reader, kind=Mark.Kind.HIDE)
    return set(marks.values_list("paper_id", flat=True))
