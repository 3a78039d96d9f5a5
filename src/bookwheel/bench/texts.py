"""Titles and abstracts to encode, drawn evenly from dumps or an installation, in random order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from bookwheel.arxiv import snapshot
from bookwheel.arxiv.lines import Problem
from bookwheel.arxiv.sample import sample_path
from bookwheel.bench import installation, resample
from bookwheel.core.text import paper_text

SEED = 7


def of_dumps(files: Sequence[Path], most: int) -> tuple[list[str], int]:
    """At most so many texts, and how many papers there are; InputError where there are none."""
    held = resample.count(files)
    lines = resample.drawn(files, held, min(most, held))
    papers = (snapshot.parse(number, line) for number, line in enumerate(lines, 1))
    found = [
        paper_text(paper.title, paper.abstract)
        for paper in papers
        if not isinstance(paper, Problem)
    ]
    return _shuffled(found), held


def of_installation(data: Path, most: int) -> tuple[list[str], int]:
    """The same from an installation's database, or from the sample where it has no papers."""
    held = installation.papers_in(data)
    if not held:
        return of_dumps([sample_path()], most)
    found = [paper_text(*text) for text in installation.texts(data, most)]
    return _shuffled(found), held


def _shuffled(texts: list[str]) -> list[str]:
    Random(SEED).shuffle(texts)  # noqa: S311  (not for secrets)
    return texts
