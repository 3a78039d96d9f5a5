"""What a reader is interested in, as tastes: one for each tag, and one for likes without a tag.

Leaves out: how evidence becomes a taste (`evidence.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from bookwheel.core.steering import NEUTRAL, Steering
from bookwheel.core.taste import Taste
from bookwheel.index.engine import Engine
from bookwheel.models import Mark, Opened, Reader, Tag, Tagging
from bookwheel.queries import evidence
from bookwheel.queries.evidence import Evidence
from bookwheel.queries.tastes import tastes

LATEST = 500  # papers of an interest that are learned from, the last kept first


@dataclass(frozen=True)
class Interest:
    """A tag, or (tag None) all that is liked without one, with the numbers of its papers."""

    tag: Tag | None
    papers: tuple[int, ...]
    hidden: tuple[int, ...]
    steering: Steering = NEUTRAL
    kept: tuple[datetime, ...] = ()  # when each paper was; only where old ones fade
    opened: tuple[int, ...] = ()  # papers that the reader opened, of all interests

    @property
    def evidence(self) -> Evidence:
        """All that is learned from."""
        return Evidence(
            self.papers[:LATEST],
            self.hidden[:LATEST],
            self.steering,
            self.tag.name if self.tag else "",
            self.kept[:LATEST],
            self.opened,
        )

    def taste(self, engine: Engine) -> Taste:
        """What it has learned; fitted once for each state of likes, steering and index."""
        return tastes(engine, [self.evidence])[0]


def tastes_of(engine: Engine, some: Sequence[Interest]) -> list[Taste]:
    """What each interest has learned; those that are not remembered are looked up together."""
    return tastes(engine, [each.evidence for each in some])


def interests(reader: Reader, tags: list[Tag] | None = None) -> list[Interest]:
    """The reader's interests that can rank anything; with `tags`, only those of these tags."""
    marks = Mark.objects.filter(reader=reader).order_by("-created", "-id")
    by_kind: dict[str, list[tuple[int, datetime]]] = defaultdict(list)
    for kind, paper, when in marks.values_list("kind", "paper_id", "created"):
        by_kind[kind].append((paper, when))
    held = reader.tags.filter(Q(deleted=None) | Q(loose=True)).select_related("steering").in_bulk()
    tagged = _tagged(held)
    under_a_tag = {paper for papers in tagged.values() for paper, _ in papers}
    tagged[None] = [each for each in by_kind[Mark.Kind.LIKE] if each[0] not in under_a_tag]
    told = {
        None if tag.loose else tag: tag.steering.steering
        for tag in held.values()
        if hasattr(tag, "steering")
    }
    chosen = None if tags is None else [None if tag.loose else tag for tag in tags]
    found = [
        _interest(
            tag,
            tagged.get(tag, []),
            [paper for paper, _ in by_kind[Mark.Kind.HIDE]],
            told.get(tag, NEUTRAL),
        )
        for tag in [*held.values(), None]
        if (tag in tagged or tag in told) and (chosen is None or tag in chosen)
    ]
    found = [each for each in found if each.papers or each.steering.ranks]
    return _with_opened(reader, found)


def interest_of(tag: Tag) -> Interest:
    """The interest of one tag, or of what is kept without one; also where it cannot rank yet."""
    nothing = Interest(None if tag.loose else tag, (), ())
    return next(iter(interests(tag.reader, [tag])), nothing)


def _interest(
    tag: Tag | None,
    papers: list[tuple[int, datetime]],
    hidden: list[int],
    steering: Steering,
) -> Interest:
    """A hidden paper is still an example of the tag that it stands under."""
    mine = {paper for paper, _ in papers}
    return Interest(
        tag,
        tuple(paper for paper, _ in papers),
        tuple(paper for paper in hidden if paper not in mine),
        steering,
        tuple(when for _, when in papers) if steering.fade else (),
    )


def _with_opened(reader: Reader, found: list[Interest]) -> list[Interest]:
    """With what the reader opened, where that is wanted; but not what was judged already."""
    if not (reader.learn_opens and found):
        return found
    opened = Opened.objects.filter(reader=reader).order_by("-created", "-id")
    numbers = opened.values_list("paper_id", flat=True)[: evidence.OPENED]
    judged = {paper for each in found for paper in (*each.papers, *each.hidden)}
    weak = tuple(paper for paper in numbers if paper not in judged)
    return [replace(each, opened=weak) for each in found]


def _tagged(tags: dict[int, Tag]) -> dict[Tag | None, list[tuple[int, datetime]]]:
    """Papers of each tag that has any, with the time, the last kept first."""
    found: dict[Tag | None, list[tuple[int, datetime]]] = defaultdict(list)
    taggings = Tagging.objects.filter(tag__in=list(tags)).order_by("-created", "-id")
    for tag, paper, when in taggings.values_list("tag_id", "paper_id", "created"):
        found[tags[tag]].append((paper, when))
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
