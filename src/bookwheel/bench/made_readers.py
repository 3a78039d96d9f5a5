"""Readers to measure with: each has tags, and under each tag papers of one subject.

Subjects are papers of the index, drawn with a fixed seed, with those that are nearest to them. Two
tags of one subject have different ones of its papers, so every model is one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bookwheel.core.text import words
from bookwheel.index.engine import Engine
from bookwheel.index.query import Query
from bookwheel.models import Paper, Reader, Tag, Tagging

LIKES = 10  # papers under each tag
NEAR = 40  # papers of a subject, itself included
SUBJECTS = 500
PREFIX = "bench-reader-"
_TOGETHER = 500  # readers written at once


@dataclass(frozen=True)
class Subject:
    """A name for tags, of two words of a title, and numbers of papers."""

    name: str
    papers: tuple[int, ...]


def make(engine: Engine, count: int, tags: int) -> None:
    """Make so many readers with so many tags each."""
    rng = np.random.default_rng(0)
    known = list(_subjects(engine, rng))
    for start in range(0, count, _TOGETHER):
        numbers = range(start, min(start + _TOGETHER, count))
        readers = Reader.objects.bulk_create(
            Reader(username=f"{PREFIX}{number}", password="!")  # noqa: S106
            for number in numbers
        )
        _give(readers, known, tags, rng)


def made() -> list[Reader]:
    """All that were made."""
    return list(Reader.objects.filter(username__startswith=PREFIX).order_by("pk"))


def _subjects(engine: Engine, rng: np.random.Generator) -> Iterator[Subject]:
    live = engine.columns.papers[engine.columns.live]
    for paper in rng.choice(live, min(SUBJECTS, len(live)), replace=False).tolist():
        near = engine.search(Query(taste=engine.taste([paper]), k=NEAR)).papers.tolist()
        title = Paper.objects.values_list("title", flat=True).get(pk=paper)
        telling = sorted(words(title), key=len)[-2:]
        yield Subject(" ".join(telling)[:40], tuple(dict.fromkeys([paper, *near])))


def _give(
    readers: Sequence[Reader], known: Sequence[Subject], tags: int, rng: np.random.Generator
) -> None:
    wanted = [
        (reader, place, known[at])
        for reader in readers
        for place, at in enumerate(rng.integers(0, len(known), tags).tolist())
    ]
    made = Tag.objects.bulk_create(
        Tag(reader=reader, name=f"{subject.name} {place}", colour=place % 8)
        for reader, place, subject in wanted
    )
    Tagging.objects.bulk_create(
        Tagging(tag=tag, paper_id=paper)
        for tag, (_, _, subject) in zip(made, wanted, strict=True)
        for paper in rng.permutation(subject.papers)[:LIKES].tolist()
    )
