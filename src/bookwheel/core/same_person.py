"""Which papers under one name are one person's, as far as coauthors and categories tell.

Papers are linked when they share two coauthors, or one and a category. What the reader said of
some papers spreads along links to the nearest ones; what no link reaches is told by whether its
first category is one in which the person has written. Leaves out: names that differ.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

CROWD = 40  # authors from which on sharing one says nothing: a collaboration
RARE = 5  # papers under a name, up to which all are taken for one person's
LINKED, LIKELY, UNLIKELY, APART = "linked", "likely", "unlikely", "apart"


@dataclass(frozen=True)
class Signed:
    """A paper under the name: its coauthors, by whole names, and its categories, primary first."""

    paper: int
    others: frozenset[str]
    categories: tuple[str, ...]


def standings(signed: Sequence[Signed], said: Mapping[int, bool]) -> dict[int, str]:
    """How each paper stands to the person of whom the reader said some papers are theirs.

    LINKED: said, or linked to what was said; LIKELY: the same fields; UNLIKELY: others; APART:
    said to be somebody else's, or linked to that. Without a paper that is theirs all are LIKELY.
    """
    if not any(said.values()):
        return {one.paper: APART if one.paper in said else LIKELY for one in signed}
    spread = _spread(_links(signed), said)
    fields = {category for one in signed if spread.get(one.paper) for category in one.categories}
    found = {}
    for one in signed:
        if one.paper in spread:
            found[one.paper] = LINKED if spread[one.paper] else APART
        else:
            near = one.categories[:1] and one.categories[0] in fields
            found[one.paper] = LIKELY if near or len(signed) <= RARE else UNLIKELY
    return found


def are_theirs(standing: str) -> bool:
    """Whether a paper is taken for theirs."""
    return standing in (LINKED, LIKELY)


def _links(signed: Sequence[Signed]) -> dict[int, set[int]]:
    """Papers that are one person's by their coauthors."""
    by_other: dict[str, list[Signed]] = defaultdict(list)
    for one in signed:
        if len(one.others) < CROWD:
            for other in one.others:
                by_other[other].append(one)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for group in by_other.values():
        for first, second in combinations(group, 2):
            shared[first.paper, second.paper] += 1
    categories = {one.paper: set(one.categories) for one in signed}
    links: dict[int, set[int]] = defaultdict(set)
    for (first_, second_), count in shared.items():
        if count > 1 or categories[first_] & categories[second_]:
            links[first_].add(second_)
            links[second_].add(first_)
    return links


def _spread(links: Mapping[int, set[int]], said: Mapping[int, bool]) -> dict[int, bool]:
    """What was said of each paper or of the nearest one; where both are near, that it is theirs."""
    found = dict(said)
    waiting = deque(sorted(said, key=lambda paper: not said[paper]))
    while waiting:
        paper = waiting.popleft()
        for other in sorted(links.get(paper, ())):
            if other not in found:
                found[other] = found[paper]
                waiting.append(other)
    return found
