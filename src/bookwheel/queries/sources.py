"""Where papers of a feed come from: a tag, likes, authors, searches; as addresses name them.

"tag-NUMBER", "likes" (what is liked without a tag), "authors" and "searches".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bookwheel.models import Tag
from bookwheel.queries.judged import Judged, reaches

AUTHORS, SEARCHES, LIKES = "authors", "searches", "likes"


def source_keys(judged: Judged) -> list[tuple[str, Tag | None]]:
    """All that papers can come from, as addresses name it."""
    tags = sorted(
        (interest.tag for interest, _ in judged.sources if interest.tag),
        key=lambda tag: tag.name.casefold(),
    )
    keys: list[tuple[str, Tag | None]] = [(f"tag-{tag.pk}", tag) for tag in tags]
    if len(tags) < len(judged.sources):
        keys.append((LIKES, None))
    return [*keys, (AUTHORS, None), (SEARCHES, None)]


def source_place(judged: Judged, key: str) -> int | None:
    """The place of the interest that a key names; None for what is none."""
    return judged.places.get(None if key == LIKES else key.removeprefix("tag-"))


def from_source(judged: Judged, key: str) -> NDArray[np.bool_]:
    """Which papers come from a source; with none or an unknown one, all."""
    if key == AUTHORS:
        return judged.by_author
    if key == SEARCHES:
        return np.isin(judged.papers, list(judged.followed.searches))
    place = source_place(judged, key)
    if place is None:
        return np.ones(len(judged.papers), np.bool_)
    return reaches(judged.chances[place], judged.line)
