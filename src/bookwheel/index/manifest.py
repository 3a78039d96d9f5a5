"""Which index files are in use: one small file, swapped by rename.

All that a manifest names is immutable, so a reader that has loaded one can go on with it while a
writer prepares the next, and a writer killed half-way leaves nothing but files that no manifest
names.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

from bookwheel.errors import IndexDamagedError, IndexMissingError

FORMAT = 2
NAME = "manifest.json"
LOCK = "build.lock"  # held by the one writer
STAGING, STAGING_LOCK = "encoding", "encoding.lock"  # what `reencoder.py` has not put in force


@dataclass(frozen=True)
class SegmentEntry:
    """One segment: rows `start` to `start + rows`."""

    name: str
    start: int
    rows: int


@dataclass(frozen=True)
class Manifest:
    """The index at one moment."""

    generation: int = 0
    changed: int = 0  # every paper written up to this `Paper.changed` is in
    rows: int = 0
    encoder: str = ""  # fingerprint of the encoder whose vectors these are
    columns: str = ""
    background: str = ""
    background_rows: int = 0  # rows there were when the background was drawn
    lexical: str = ""
    purged: int = 0  # how many dead rows the lexical index has already forgotten
    segments: tuple[SegmentEntry, ...] = field(default=())

    @property
    def encoder_file(self) -> str:
        """Name of the copy of that encoder, empty where nothing was encoded."""
        return self.encoder and f"encoder-{self.encoder}.npz"

    def names(self) -> set[str]:
        """The files and folders in use."""
        named = {NAME, self.columns, self.background, self.lexical, self.encoder_file}
        return named.union(segment.name for segment in self.segments) - {""}


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise IndexMissingError("There is no index yet. `bookwheel index` builds it.") from None
    except OSError as error:
        raise IndexDamagedError(
            f"The index's manifest cannot be read ({error}). Fix its permissions, or let "
            "`bookwheel index --rebuild` make the index anew."
        ) from error


def stamp(folder: Path) -> int:
    """When the manifest in force was written, in nanoseconds.

    Raises:
        IndexMissingError: nothing has been built here.
        IndexDamagedError: the folder cannot be read.
    """
    with _reading():
        return (folder / NAME).stat().st_mtime_ns


def load(folder: Path) -> Manifest:
    """Read the manifest in force.

    Raises:
        IndexMissingError: nothing has been built here.
        IndexDamagedError: the file is not a manifest of this format.
    """
    with _reading():
        raw = (folder / NAME).read_bytes()
    try:
        fields = orjson.loads(raw)
        if fields.pop("format") != FORMAT:
            raise IndexDamagedError(
                "The index was written by another version. "
                "`bookwheel index --rebuild` makes it anew."
            )
        fields["segments"] = tuple(SegmentEntry(**entry) for entry in fields["segments"])
        return Manifest(**fields)
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
        raise IndexDamagedError(
            "The index's manifest cannot be read. `bookwheel index --rebuild` makes it anew."
        ) from error


def swap(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in force. What it names must already be on disk."""
    temporary = folder / (NAME + ".new")
    with temporary.open("wb") as file:
        file.write(orjson.dumps({"format": FORMAT, **asdict(manifest)}, option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / NAME)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove what no manifest names: leftovers of killed builds and of earlier generations."""
    keep = manifest.names() | {LOCK, STAGING, STAGING_LOCK}
    for path in folder.iterdir():
        if path.name in keep:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
