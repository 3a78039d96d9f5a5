"""The papers of this installation's index, those that only stand in dumps, or a sample of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from bookwheel.bench import dumps
from bookwheel.bench.papers import Papers
from bookwheel.config import config
from bookwheel.core.papers import Paper as ReadPaper
from bookwheel.index.dates import day_number
from bookwheel.index.writer import IndexedPaper
from bookwheel.models import Paper
from bookwheel.queries.engine import engine

_CHUNK = 2000  # rows fetched from the database together


def installed(
    files: Sequence[Path] = (),
    *,
    candidates: int | None = None,
    always: Iterable[str] = (),
    seed: int = 0,
    remark: Callable[[str], None] = lambda _: None,
) -> Papers:
    """The papers of the installation's index and those that only stand in dumps.

    With `candidates`, only so many drawn at random, and those of `always`. `remark` is told of
    lines that hold no paper.

    Raises:
        IndexMissingError: nothing was indexed yet.
        InputError: a file cannot be read or holds no paper.
    """
    numbers = _indexed()
    added = _only_in(files, numbers, remark)
    numbers |= {paper.arxiv_id: paper.number for paper in added}
    whole = candidates is None or candidates >= len(numbers)
    if not whole:
        numbers = _drawn(numbers, candidates or 0, always, seed)
    chosen = frozenset(numbers.values())

    def read() -> Iterator[IndexedPaper]:
        return (paper for paper in chain(_stored(), added) if paper.number in chosen)

    return Papers(
        ids=list(numbers),
        numbers=np.fromiter(numbers.values(), np.int64, len(numbers)),
        read=read,
        index=config().index if whole else None,
        added=added,
    )


def _indexed() -> dict[str, int]:
    """Number of each paper in the index by its identifier, in the order of the numbers."""
    columns = engine().columns
    live = frozenset(columns.papers[columns.live].tolist())
    known = Paper.objects.order_by("pk").values_list("arxiv_id", "pk")
    return {name: number for name, number in known.iterator(_CHUNK) if number in live}


def _only_in(
    files: Sequence[Path], numbers: Mapping[str, int], remark: Callable[[str], None]
) -> list[IndexedPaper]:
    """The papers of dumps that are not in the index, with numbers of their own."""
    found: dict[str, ReadPaper] = {}
    for path in files:
        for paper in dumps.papers(path, remark):
            if paper.arxiv_id not in numbers:
                found.setdefault(paper.arxiv_id, paper)
    free = max(numbers.values(), default=0) + 1
    return [dumps.indexed(paper, number) for number, paper in enumerate(found.values(), free)]


def _drawn(
    numbers: Mapping[str, int], count: int, always: Iterable[str], seed: int
) -> dict[str, int]:
    """A sample of the papers and `always`, in the same order."""
    names = list(numbers)
    places = np.random.default_rng(seed).permutation(len(names))[:count]
    kept = {names[place] for place in places.tolist()}.union(always)
    return {name: number for name, number in numbers.items() if name in kept}


def _stored() -> Iterator[IndexedPaper]:
    """All papers of the database, in the order of their numbers."""
    fields = ("pk", "arxiv_id", "title", "abstract", "authors", "categories")
    days = ("announced", "first_date", "versions")
    for *first, announced, since, versions in (
        Paper.objects.order_by("pk").values_list(*fields, *days).iterator(_CHUNK)
    ):
        number, arxiv_id, title, abstract, authors, categories = first
        yield IndexedPaper(
            number=number,
            changed=number,
            arxiv_id=arxiv_id,
            title=title,
            abstract=abstract,
            authors=authors,
            categories=categories,
            day=day_number(announced or since),
            replaced=len(versions) > 1,
        )
