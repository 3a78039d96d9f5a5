"""Train an encoder on papers of arXiv's metadata dump, and write its file.

Leaves out: how it is learned (`core/training.py`). The shipped encoder was made by this action.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bookwheel.arxiv import snapshot
from bookwheel.arxiv.lines import Problem
from bookwheel.core.encoder import Encoder
from bookwheel.core.text import paper_text
from bookwheel.core.training import Plan, train
from bookwheel.errors import DataFolderError, InputError

FEWEST = 2_000  # papers; with less, words are too rare to be chosen


def train_encoder(
    sources: Sequence[Path], out: Path, *, papers: int, report: Callable[[str], None]
) -> Encoder:
    """Train on at most so many papers, drawn evenly from `sources`; `report` is told each step.

    Raises:
        InputError: a source cannot be read, or there are too few papers or words.
        DataFolderError: `out` cannot be written.
    """
    report("reading papers")
    texts = _draw(_texts(sources), papers)
    if len(texts) < FEWEST:
        raise InputError(
            f"Only {len(texts):,} papers could be read; an encoder needs at least {FEWEST:,}."
        )
    encoder = train(texts, Plan(), report)
    unfinished = out.with_name(out.name + ".part")
    try:
        encoder.save(unfinished)
        unfinished.replace(out)
    except OSError as error:
        raise DataFolderError(f"{out} cannot be written: {error}") from error
    return encoder


def _texts(sources: Sequence[Path]) -> Iterator[str]:
    for source in sources:
        try:
            with source.open("rb") as file:
                for paper in snapshot.papers(file):
                    if not isinstance(paper, Problem):
                        yield paper_text(paper.title, paper.abstract)
        except OSError as error:
            raise InputError(f"{source} cannot be read: {error}") from error


def _draw(texts: Iterator[str], most: int) -> list[str]:
    """Keep each text with the same chance, however many come (reservoir sampling, Vitter 1985)."""
    chance = random.Random(Plan().seed)  # noqa: S311  (repeatable, not secret)
    kept: list[str] = []
    for seen, text in enumerate(texts):
        if seen < most:
            kept.append(text)
        elif (place := chance.randrange(seen + 1)) < most:
            kept[place] = text
    return kept
