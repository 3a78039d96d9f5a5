"""What a reader is interested in, as tastes: one for each tag, and one for likes without a tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bookwheel.core.taste import Taste, fit
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
        return _fit(engine, self.papers[:LATEST], self.hidden[:LATEST])


@lru_cache(maxsize=1024)
def _fit(engine: Engine, likes: tuple[int, ...], hides: tuple[int, ...]) -> Taste:
    return fit(
        engine.examples(np.array(likes, np.int64)),
        engine.examples(np.array(hides, np.int64)),
        engine.background,
    )


def taste_of(engine: Engine, papers: Iterable[int]) -> Taste:
    """The taste that some papers show together."""
    return _fit(engine, tuple(papers), ())


def interests(reader: Reader, tags: list[Tag] | None = None) -> list[Interest]:
    """The reader's interests that have any paper; with `tags`, only those of these tags."""
    marks = Mark.objects.filter(reader=reader).order_by("-created").values_list("kind", "paper_id")
    liked, hidden = [], []
    for kind, paper in marks:
        (liked if kind == Mark.Kind.LIKE else hidden).append(paper)
    tagged = _tagged(reader)
    found = [
        Interest(tag, tuple(papers), tuple(hidden))
        for tag, papers in tagged.items()
        if tags is None or tag in tags
    ]
    if tags is None:
        under_a_tag = {paper for papers in tagged.values() for paper in papers}
        loose = tuple(paper for paper in liked if paper not in under_a_tag)
        if loose:
            found.append(Interest(None, loose, tuple(hidden)))
    return found


def _tagged(reader: Reader) -> dict[Tag, list[int]]:
    found: dict[Tag, list[int]] = defaultdict(list)
    taggings = Tagging.objects.filter(tag__reader=reader, tag__deleted=None)
    for tagging in taggings.select_related("tag").order_by("-created", "-id"):
        found[tagging.tag].append(tagging.paper_id)
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
