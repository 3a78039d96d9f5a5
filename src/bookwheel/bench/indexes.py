"""An index over the papers of a run, for as long as it lasts.

The installation's own is used where it holds just these papers. Where some are added, a linked
copy is extended; else, or to judge another encoder, one is built. What is installed is only read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bookwheel.bench.papers import Papers
from bookwheel.bench.progress import Tell, counted
from bookwheel.core.encoder import Encoder
from bookwheel.errors import IndexDamagedError
from bookwheel.index import encoders, manifest
from bookwheel.index.engine import Engine
from bookwheel.index.writer import FULL, IndexedPaper, IndexWriter

BATCH = 2048  # papers encoded together
TRIES = 3  # to link an index while it changes


@contextmanager
def opened(papers: Papers, tell: Tell, *, encoder: Encoder | None = None) -> Iterator[Engine]:
    """The engine over an index of `papers`, made with `encoder` if one is given.

    Raises:
        IndexMissingError, IndexDamagedError: the installation's index cannot be used.
    """
    if papers.index and not papers.added and encoder is None:
        yield Engine.open(papers.index)
        return
    with TemporaryDirectory(prefix="bookwheel-bench-") as name:
        folder = Path(name)
        if papers.index and encoder is None:
            _link(papers.index, folder)
            _write(folder, papers.added, len(papers.added), encoders.wanted(), tell)
        else:
            _write(folder, papers.read(), len(papers), encoder or encoders.wanted(), tell)
        yield Engine.open(folder)


def _write(
    folder: Path, papers: Iterable[IndexedPaper], total: int, encoder: Encoder, tell: Tell
) -> None:
    with IndexWriter(folder, encoder) as writer:
        batch, last = list[IndexedPaper](), writer.manifest.changed
        for paper in counted(papers, total, step="indexing", tell=tell):
            batch.append(paper)
            if len(batch) == BATCH:
                writer.add(batch)
                batch = []
            if writer.pending >= FULL:
                writer.flush()
        writer.add(batch)
        writer.commit(last)


def _link(index: Path, folder: Path) -> None:
    """Copy an index without its data: nothing that it names is changed, only replaced.

    Raises:
        IndexDamagedError: it is being built anew, over and over.
    """
    for _ in range(TRIES):
        found = manifest.load(index)
        try:
            _link_names(index, folder, found.names())
        except OSError:  # a build may have removed files in between
            if manifest.load(index).generation == found.generation:
                raise
        if manifest.load(index).generation == found.generation:
            return
        shutil.rmtree(folder)
        folder.mkdir()
    raise IndexDamagedError(f"The index in {index} is being built. Wait until it is done.")


def _link_names(index: Path, folder: Path, names: Iterable[str]) -> None:
    locks = shutil.ignore_patterns("*.lock")  # a lock on a linked file would be theirs too
    for name in names:
        source = index / name
        if source.is_dir():
            shutil.copytree(source, folder / name, copy_function=_link_file, ignore=locks)
        elif source.exists():  # the engine says it if something is missing that it needs
            _link_file(source, folder / name)


def _link_file(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # on another disk
        shutil.copy2(source, target)
