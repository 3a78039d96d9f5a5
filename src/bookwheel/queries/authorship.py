"""Which papers are a followed author's, and which of somebody else of the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from bookwheel.core.names import may_be_same
from bookwheel.core.same_person import Signed, are_theirs, standings
from bookwheel.core.text import author_hashes, words
from bookwheel.index import exact
from bookwheel.index.engine import Engine
from bookwheel.index.remembered import Remembered
from bookwheel.models import Authorship, FollowedAuthor, Paper
from bookwheel.queries.announced import generation

MOST = 2000  # papers under one name that are looked at, the newest

_signed: Remembered[tuple[Signed, ...]] = Remembered(512)
_standings: Remembered[dict[int, str]] = Remembered(2048)


def said_of(authors: Iterable[FollowedAuthor]) -> dict[int, dict[int, bool]]:
    """What readers said, by author and paper; one query."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = Authorship.objects.filter(author__in=[one.pk for one in authors])
    for author, paper, theirs in rows.values_list("author_id", "paper_id", "theirs"):
        found[author][paper] = theirs
    return found


def standings_of(opened: Engine, author: FollowedAuthor, said: dict[int, bool]) -> dict[int, str]:
    """How each paper under the name stands to the author, newest first."""
    key = (generation(opened), author.family, author.given, tuple(sorted(said.items())))
    return _standings.get(key, lambda: standings(papers_signed(opened, author), said))


def papers_signed(opened: Engine, author: FollowedAuthor) -> tuple[Signed, ...]:
    """All papers under a name, newest first."""
    name = (author.family, author.given)
    return _signed.get((generation(opened), name), lambda: tuple(_read(opened, name)))


def _read(opened: Engine, name: tuple[str, str]) -> list[Signed]:
    rows = exact.by_authors(opened, author_hashes([name]))
    rows = rows[opened.columns.live[rows]]
    newest = rows[np.argsort(opened.columns.days[rows], kind="stable")[::-1][:MOST]]
    numbers = opened.columns.papers[newest].tolist()
    held = {
        number: (names, categories)
        for number, names, categories in Paper.objects.filter(pk__in=numbers).values_list(
            "pk", "authors", "categories"
        )
    }
    found = [(number, *held[number]) for number in numbers if number in held]
    return [
        Signed(number, _others(names, name), tuple(categories.split()))
        for number, names, categories in found
        if any(may_be_same(name, (each[0], each[1])) for each in names)
    ]


def _others(names: list[list[str]], name: tuple[str, str]) -> frozenset[str]:
    others = (each for each in names if not may_be_same(name, (each[0], each[1])))
    return frozenset(" ".join(words(f"{each[1]} {each[0]}")) for each in others)


def wrote(opened: Engine, author: FollowedAuthor, paper: int, said: dict[int, bool]) -> bool:
    """Whether a paper under the name is taken for the author's. Nothing said: all are."""
    return not said or are_theirs(standings_of(opened, author, said).get(paper, "likely"))
