"""Making an index again with another encoder, while the old one serves.

Rows, columns and words stay: only what an encoder makes is made again, segment by segment, in a
folder beside, and put in force by one swap of the manifest. Papers may be added meanwhile; they
get rows of the old encoder first, and are done at the end, while no other writer may write. Killed
at any moment it leaves the old index in force, and the next try goes on with what was whole.
Leaves out: where texts come from (`actions/reencode_index.py`).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from bookwheel.core.encoder import Encoder
from bookwheel.errors import IndexDamagedError
from bookwheel.index import background, columns, encoders, encoding, manifest, segment
from bookwheel.index.columns import Columns
from bookwheel.index.manifest import Manifest, SegmentEntry
from bookwheel.index.segment import Rows, Segment

BATCH = 2048  # rows encoded together
LATE = 131_072  # rows that may be encoded while no other writer may write
_NOTE = "progress"  # file that says how far it is
_OFTEN = 1.0  # seconds between two notes of how far it is

Texts = Callable[[NDArray[np.int64]], list[str]]  # numbers of papers to what is encoded of each
Progress = Callable[[int, int], None]  # rows done, rows to do


class Reencoder:
    """Makes the index in a folder again; one at a time, a second waits."""

    def __init__(self, folder: Path, encoder: Encoder, texts: Texts, progress: Progress) -> None:
        self._folder = folder
        self._encoder = encoder
        self._texts = texts
        self._progress = progress
        self._staging = folder / manifest.STAGING / encoder.fingerprint
        self._whole: set[str] = set()  # segments that are made again
        self._encoded = 0
        self._told = 0.0

    def run(self) -> int:
        """Put the encoder in force. Returns the papers encoded, 0 when it was in force.

        Raises:
            IndexMissingError: nothing was indexed yet.
            IndexDamagedError: the index cannot be read.
            OSError: the disk is full or read-only; the old index stays in force.
        """
        parent = self._staging.parent
        if self._in_force(manifest.load(self._folder)) and not parent.exists():
            return 0
        with self._alone():
            try:
                self._forget_others()
                self._stage_what_is_there()
                while not self._finish():
                    self._stage_what_is_there()
            except OSError:  # the disk may be full of what will never be in force
                shutil.rmtree(parent, ignore_errors=True)
                raise
            shutil.rmtree(parent)
        return self._encoded

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for another process that does the same, and tell how far that one is."""
        lock = FileLock(self._folder / manifest.STAGING_LOCK)
        while True:
            try:
                lock.acquire(timeout=_OFTEN)
                break
            except Timeout:
                if how_far := progress(self._folder):
                    self._progress(*how_far)
        try:
            yield
        finally:
            lock.release()

    def _in_force(self, found: Manifest) -> bool:
        return found.encoder == self._encoder.fingerprint

    def _forget_others(self) -> None:
        """Remove what was begun with an encoder that is no longer wanted."""
        self._staging.mkdir(parents=True, exist_ok=True)
        for path in self._staging.parent.iterdir():
            if path != self._staging and path.is_dir():
                shutil.rmtree(path)

    def _finish(self) -> bool:
        """With other writers kept out do the little that is missing; False when it is much."""
        with FileLock(self._folder / manifest.LOCK):
            found = manifest.load(self._folder)
            manifest.sweep(self._folder, found)  # what a killed try has left
            if not self._in_force(found):
                if sum(entry.rows for entry in self._missing(found)) > LATE:
                    return False
                self._stage(found)
                self._swap(found)
        return True

    def _stage_what_is_there(self) -> None:
        """Encode all segments; a writer that takes one away meanwhile has put another in force."""
        while True:
            found = manifest.load(self._folder)
            if self._in_force(found):
                break
            try:
                self._stage(found)
                break
            except IndexDamagedError:
                if manifest.load(self._folder).generation == found.generation:
                    raise

    def _missing(self, found: Manifest) -> list[SegmentEntry]:
        return [entry for entry in found.segments if not self._is_whole(entry)]

    def _is_whole(self, entry: SegmentEntry) -> bool:
        """Whether a segment was made again, by this try or by an earlier one."""
        folder = self._staging / entry.name
        if entry.name not in self._whole and folder.exists():
            if self._same_papers(entry):
                self._whole.add(entry.name)
            else:
                shutil.rmtree(folder)
        return entry.name in self._whole

    def _same_papers(self, entry: SegmentEntry) -> bool:
        given = Segment(self._folder / entry.name, entry.start).rows
        try:
            made = Segment(self._staging / entry.name, entry.start).rows
        except IndexDamagedError:
            return False
        same_counts = np.array_equal(made.author_starts, given.author_starts)
        return same_counts and np.array_equal(made.authors, given.authors)

    def _stage(self, found: Manifest) -> None:
        missing = self._missing(found)
        done = found.rows - sum(entry.rows for entry in missing)
        held = columns.read(self._folder / found.columns)
        for entry in missing:
            parts = []
            for part in self._encode(entry, held):
                parts.append(part)
                done += len(part)
                self._tell(done, found.rows)
            unfinished = self._staging / (entry.name + ".part")
            shutil.rmtree(unfinished, ignore_errors=True)
            segment.write(unfinished, segment.join(parts), features=self._encoder.size)
            unfinished.rename(self._staging / entry.name)
            self._whole.add(entry.name)

    def _encode(self, entry: SegmentEntry, held: Columns) -> Iterator[Rows]:
        given = Segment(self._folder / entry.name, entry.start)
        numbers = np.where(held.live, held.papers, -1)[entry.start : entry.start + entry.rows]
        for start in range(0, entry.rows, BATCH):
            rows = np.arange(start, min(start + BATCH, entry.rows))
            old = given.take(rows)
            texts = self._texts(numbers[rows])
            yield encoding.encode(self._encoder, texts, old.author_starts, old.authors)

    def _tell(self, done: int, total: int) -> None:
        self._progress(done, total)
        if time.monotonic() - self._told > _OFTEN:
            self._told = time.monotonic()
            (self._staging.parent / _NOTE).write_bytes(orjson.dumps([done, total]))

    def _swap(self, found: Manifest) -> None:
        generation = found.generation + 1
        made = [Segment(self._staging / entry.name, entry.start) for entry in found.segments]
        held = columns.read(self._folder / found.columns)
        drawn = background.draw(made, held, self._encoder)
        entries = []
        for number, entry in enumerate(found.segments, 1):
            name = f"segment-{generation:06}-{number:03}"
            (self._staging / entry.name).rename(self._folder / name)
            entries.append(replace(entry, name=name))
        name = f"background-{generation:06}"
        background.write(self._folder / name, drawn)
        new = replace(
            found,
            generation=generation,
            encoder=self._encoder.fingerprint,
            background=name,
            background_rows=found.rows,
            segments=tuple(entries),
        )
        encoders.keep(self._folder, self._encoder, new)
        manifest.swap(self._folder, new)
        manifest.sweep(self._folder, new)
        self._encoded = int(held.live.sum())


def progress(folder: Path) -> tuple[int, int] | None:
    """How far another process is: rows done, rows to do. None when none is at work."""
    try:
        done, total = orjson.loads((folder / manifest.STAGING / _NOTE).read_bytes())
        with FileLock(folder / manifest.STAGING_LOCK, timeout=0):
            return None
    except Timeout:
        return done, total
    except (OSError, ValueError):  # nothing was begun, or the note is just being written
        return None
