"""Adding papers to the index: rows gather in memory and are committed as a whole.

A commit writes new files beside the old ones and then swaps the manifest; killed at any moment, it
leaves the earlier index in force. The last segment grows until it is full, so that a day's papers
cost one small segment written anew and there are never many.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from bookwheel.core import categories, text
from bookwheel.core.encoder import Encoder
from bookwheel.errors import IndexDamagedError, IndexMissingError
from bookwheel.index import background, columns, encoders, encoding, manifest, segment
from bookwheel.index.columns import DELETED, REPLACED, WITHDRAWN, Columns
from bookwheel.index.lexical_writer import LexicalPaper, LexicalWriter
from bookwheel.index.manifest import Manifest, SegmentEntry
from bookwheel.index.segment import Rows, Segment
from bookwheel.index.words import WITHDRAWN as MARK

FULL = 131_072  # rows of a full segment


@dataclass(frozen=True, slots=True)
class IndexedPaper:
    """What the index needs to know of a paper. Days are counted from 1970-01-01."""

    number: int  # in the database
    changed: int
    arxiv_id: str
    title: str
    abstract: str
    authors: Sequence[Sequence[str]]  # [family, given, suffix] each
    categories: str
    day: int  # announced, or of the first version where that is not known
    replaced: bool
    deleted: bool = False
    withdrawn: bool = False


class IndexWriter:
    """One writer at a time; a second waits for the lock.

    `encoder` is for a new index and a rebuild: an index that is extended goes on with its own.
    """

    def __init__(self, folder: Path, encoder: Encoder, *, rebuild: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._encoder = encoder
        self._rebuild = rebuild
        self._lock = FileLock(folder / manifest.LOCK)

    def __enter__(self) -> Self:
        self._lock.acquire()
        try:
            self._start()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._lexical.close()
        finally:
            if error is not None:  # the disk may be full of what will never be in force
                with suppress(OSError):
                    manifest.sweep(self._folder, self._in_force)
            self._lock.release()

    def _start(self) -> None:
        self._in_force = old = self._found()
        # A rebuild starts from nothing under a new generation; the old index stays in force.
        self.manifest = Manifest(generation=old.generation) if self._rebuild else old
        manifest.sweep(self._folder, old)
        if self.manifest.encoder:
            self._encoder = encoders.of(self._folder, self.manifest)
        self._columns = (
            columns.read(self._folder / self.manifest.columns)
            if self.manifest.columns
            else columns.empty()
        )
        self._pending: list[tuple[Rows, Columns]] = []
        self._written = 0  # segments, so that each has a name of its own
        lexical = self.manifest.lexical or f"words-{old.generation + 1:06}"
        dead = self._columns.dead
        self._lexical = LexicalWriter(
            self._folder / lexical, rows=self.manifest.rows, forget=dead[self.manifest.purged :]
        )
        self._purged, self._lexical_name = len(dead), lexical

    def _found(self) -> Manifest:
        try:
            return manifest.load(self._folder)
        except IndexMissingError:
            return Manifest()
        except IndexDamagedError:
            if self._rebuild:
                return Manifest()
            raise

    @property
    def pending(self) -> int:
        """Rows added and not yet committed."""
        return sum(len(rows) for rows, _ in self._pending)

    def add(self, papers: Sequence[IndexedPaper]) -> None:
        """Encode papers and keep them for the next commit."""
        if not papers:
            return
        # TeX is turned to words once, for both the lexical index and the encoder.
        titles = [text.plain(paper.title) for paper in papers]
        abstracts = [text.plain(paper.abstract) for paper in papers]
        first_row = len(self._columns) + self.pending
        for at, paper in enumerate(papers):
            self._lexical.add(first_row + at, _lexical(paper, titles[at], abstracts[at]))
        texts = [text.paper_text(*both) for both in zip(titles, abstracts, strict=True)]
        self._pending.append((self._features(papers, texts), _columns(papers)))

    def _features(self, papers: Sequence[IndexedPaper], texts: list[str]) -> Rows:
        hashes = text.author_hashes((name[0], name[1]) for p in papers for name in p.authors)
        author_starts = np.cumsum([0, *(len(p.authors) for p in papers)], dtype=np.int64)
        return encoding.encode(self._encoder, texts, author_starts, hashes)

    def commit(self, changed: int) -> Manifest:
        """Put all that was added in force; the index is then complete up to `changed`.

        Raises:
            OSError: the disk is full or read-only; the earlier index stays in force.
        """
        self.flush()
        generation = self.manifest.generation + 1
        folder = f"columns-{generation:06}"
        columns.write(self._folder / folder, self._columns)
        drawn, drawn_at = self._draw_background(generation)
        self._lexical.commit()
        self.manifest = replace(
            self.manifest,
            generation=generation,
            changed=changed,
            rows=len(self._columns),
            encoder=self._encoder.fingerprint,
            columns=folder,
            background=drawn,
            background_rows=drawn_at,
            lexical=self._lexical_name,
            purged=self._purged,
        )
        encoders.keep(self._folder, self._encoder, self.manifest, anew=self._rebuild)
        manifest.swap(self._folder, self.manifest)
        self._in_force = self.manifest
        manifest.sweep(self._folder, self.manifest)
        return self.manifest

    def flush(self) -> None:
        """Write what was added into segments, without putting them in force: frees the memory."""
        if not self._pending:
            return
        parts = [rows for rows, _ in self._pending]
        start = len(self._columns)
        added = columns.join([part for _, part in self._pending])
        self._columns = columns.append(self._columns, added)
        self._pending = []
        self.manifest = replace(self.manifest, segments=self._segments(parts, start))

    def _segments(self, parts: list[Rows], start: int) -> tuple[SegmentEntry, ...]:
        """Fill up the last segment, then start new ones."""
        kept = list(self.manifest.segments)
        if kept and kept[-1].rows < FULL:
            tail = kept.pop()
            start = tail.start
            parts.insert(0, Segment(self._folder / tail.name, tail.start).rows)
        rows = segment.join(parts)
        for offset in range(0, len(rows), FULL):
            positions = np.arange(offset, min(offset + FULL, len(rows)))
            part = rows if len(positions) == len(rows) else segment.pick(rows, positions)
            self._written += 1
            name = f"segment-{self.manifest.generation + 1:06}-{self._written:03}"
            segment.write(self._folder / name, part, features=self._encoder.size)
            kept.append(SegmentEntry(name, start + offset, len(part)))
        return tuple(kept)

    def _draw_background(self, generation: int) -> tuple[str, int]:
        now = self.manifest
        if now.background and not background.is_stale(len(self._columns), now.background_rows):
            return now.background, now.background_rows
        segments = [Segment(self._folder / entry.name, entry.start) for entry in now.segments]
        name = f"background-{generation:06}"
        drawn = background.draw(segments, self._columns, self._encoder)
        background.write(self._folder / name, drawn)
        return name, len(self._columns)


def _lexical(paper: IndexedPaper, title: str, abstract: str) -> LexicalPaper:
    return LexicalPaper(
        arxiv_id=paper.arxiv_id,
        title=title,
        abstract=abstract,
        authors=_names(paper.authors),
        # A word among them: the files of before need no other fields.
        categories=f"{paper.categories} {MARK}" if paper.withdrawn else paper.categories,
        day=paper.day,
        replaced=paper.replaced,
    )


def _names(authors: Sequence[Sequence[str]]) -> list[str]:
    """Names without TeX; hardly any has some, so all are looked at together first."""
    names = [f"{name[1]} {name[0]}".strip() for name in authors]
    return names if text.is_plain("".join(names)) else [text.plain(name) for name in names]


def _columns(papers: Sequence[IndexedPaper]) -> Columns:
    return Columns(
        papers=np.array([paper.number for paper in papers], np.int64),
        days=np.array([paper.day for paper in papers], np.int32),
        categories=_bits(papers),
        flags=np.array([_flags(paper) for paper in papers], np.uint8),
        dead=np.empty(0, np.int32),
    )


def _flags(paper: IndexedPaper) -> int:
    return REPLACED * paper.replaced | DELETED * paper.deleted | WITHDRAWN * paper.withdrawn


def _bits(papers: Sequence[IndexedPaper]) -> NDArray[np.uint64]:
    return np.array([categories.bits(paper.categories) for paper in papers], np.uint64)
