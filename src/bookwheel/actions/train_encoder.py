"""Train an encoder on papers, and write its file.

Every two minutes what is learned so far is kept beside the file, so that a training that was
stopped goes on where it was. The shipped encoder was made by this action.
Leaves out: how it is learned (`core/training.py`).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bookwheel.arxiv import snapshot
from bookwheel.arxiv.lines import Problem
from bookwheel.core.encoder import Encoder
from bookwheel.core.pairs import Library
from bookwheel.core.papers import Paper
from bookwheel.core.training import Plan, Progress, Training
from bookwheel.errors import DataFolderError, InputError

FEWEST = 2_000  # papers; with less, words are too rare to be chosen
KEPT_EVERY = 120.0  # seconds
INITIAL = 2  # letters: shorter given names are initials, which many people share


@dataclass(frozen=True)
class Report:
    """Who is told what: each stage by its name, and each step."""

    stage: Callable[[str], None]
    step: Callable[[Progress], None]


def train_encoder(
    papers: Iterable[Paper],
    out: Path,
    plan: Plan,
    report: Report,
    *,
    most: int = 400_000,
    minutes: float | None = None,
) -> Encoder:
    """Train on at most so many papers, drawn evenly; with `minutes` the steps end in that time.

    A training of the same plan and papers that was stopped goes on. With `minutes` the table
    depends on how fast the machine is; without, the same papers and plan give the same table.

    Raises:
        InputError: a source cannot be read, or there are too few papers or words.
        DataFolderError: `out` cannot be written.
    """
    start = time.monotonic()
    report.stage("reading papers")
    drawn = _draw(papers, most, plan.seed)
    if len(drawn) < FEWEST:
        raise InputError(
            f"Only {len(drawn):,} papers could be read; an encoder needs at least {FEWEST:,}."
        )
    report.stage("choosing words")
    training = Training(_library(drawn), plan)
    kept = _Kept(out.with_name(out.name + ".unfinished"))
    if kept.resume(training):
        report.stage(f"going on after step {training.step:,}")
    kept.write(training)  # says now, and not in an hour, when there is no place to write
    report.stage("learning")
    _learn(training, kept, report, None if minutes is None else start + 60 * minutes)
    encoder = training.finish()
    with _writing(out):
        encoder.save(kept.path)
        kept.path.replace(out)
    return encoder


def _learn(training: Training, kept: _Kept, report: Report, ends: float | None) -> None:
    saved = time.monotonic()
    try:
        for progress in training.run(_clock(ends)):
            report.step(progress)
            if time.monotonic() > saved + KEPT_EVERY:
                kept.write(training)
                saved = time.monotonic()
    except KeyboardInterrupt:
        kept.write(training)
        raise


def _clock(ends: float | None) -> Callable[[], float]:
    """What share of the time is over, for a training that must end in time."""
    start = time.monotonic()
    if ends is None:
        return lambda: 0.0
    return lambda: (time.monotonic() - start) / max(ends - start, 1.0)


class _Kept:
    """What is learned so far, in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, training: Training) -> None:
        part = self.path.with_name(self.path.name + ".part")
        with _writing(self.path):
            with part.open("wb") as file:
                np.savez(file, **training.state())
            part.replace(self.path)

    def resume(self, training: Training) -> bool:
        """Go on from the file; False when there is none of this training."""
        try:
            with np.load(self.path, allow_pickle=False) as state:
                return training.resume(dict(state))
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            return False


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say what could not be written."""
    try:
        yield
    except OSError as error:
        raise DataFolderError(f"{path} cannot be written: {error}") from error


def dumped(sources: Sequence[Path]) -> Iterator[Paper]:
    """Read the papers of dump files; what is no paper is passed over.

    Raises:
        InputError: a file cannot be read.
    """
    for source in sources:
        try:
            with source.open("rb") as file:
                for paper in snapshot.papers(file):
                    if not isinstance(paper, Problem):
                        yield paper
        except OSError as error:
            raise InputError(f"{source} cannot be read: {error}") from error


def _library(papers: Sequence[Paper]) -> Library:
    return Library(
        titles=[paper.title for paper in papers],
        abstracts=[paper.abstract for paper in papers],
        categories=[paper.categories[0] if paper.categories else "" for paper in papers],
        authors=[
            [
                f"{author.family}, {author.given}".lower()
                for author in paper.authors
                if len(author.given) > INITIAL
            ]
            for paper in papers
        ],
    )


def _draw(papers: Iterable[Paper], most: int, seed: int) -> list[Paper]:
    """Keep each paper with the same chance, however many come (reservoir sampling, Vitter 1985)."""
    chance = random.Random(seed)  # noqa: S311  (repeatable, not secret)
    kept: list[Paper] = []
    for seen, paper in enumerate(papers):
        if seen < most:
            kept.append(paper)
        elif (place := chance.randrange(seen + 1)) < most:
            kept[place] = paper
    return kept
