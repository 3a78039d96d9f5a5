"""The data folder that speed is measured on: made for it, kept from an earlier run, or copied.

An installation that people use is only read: its database is copied, its index linked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from bookwheel.errors import InputError
from bookwheel.index import encoders, manifest

_MARK = "bench.json"  # stands in a folder that was made here, and says of what
_DATABASE = "bookwheel.sqlite3"
_PREFIX = "bookwheel-bench-"


@contextmanager
def made(keep: Path | None) -> Iterator[Path]:
    """A folder to work in, gone with the block unless it is to be kept.

    Raises:
        InputError: `keep` is a folder in which other things lie.
    """
    if keep is None:
        with TemporaryDirectory(prefix=_PREFIX) as name:
            yield Path(name)
        return
    keep.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(keep.iterdir()) and not (keep / _MARK).exists():
        raise InputError(f"{keep} is not empty. Give a new folder to keep the measured papers in.")
    yield keep


def remember(folder: Path, papers: int) -> None:
    """Note that a folder holds so many papers, indexed, to be measured again."""
    (folder / _MARK).write_bytes(orjson.dumps({"papers": papers}))


def begin(folder: Path) -> None:
    """Note that a folder is ours and not ready."""
    remember(folder, 0)


def holds(folder: Path) -> int:
    """How many papers a kept folder has ready; 0 where there is none."""
    try:
        return int(orjson.loads((folder / _MARK).read_bytes())["papers"])
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return 0


@contextmanager
def copied(data: Path) -> Iterator[Path]:
    """A copy of an installation for as long as the block runs, open to one reader without login.

    Raises:
        IndexMissingError, IndexDamagedError: there is no index that can be read.
        InputError: a server would begin by making the index with another encoder.
    """
    if manifest.load(data / "index").encoder != encoders.wanted().fingerprint:
        raise InputError(f"The index in {data} is out of date. `bookwheel index` renews it.")
    with TemporaryDirectory(prefix=_PREFIX) as name:
        folder = Path(name)
        (folder / "index").symlink_to(data.absolute() / "index")
        with closing(_reading(data)) as source, closing(_opened(folder)) as target:
            source.backup(target)
            with target:
                target.execute("UPDATE bookwheel_reader SET password = '!'")
        yield folder


def papers_in(data: Path) -> int:
    """How many papers an installation's database has; 0 where there is none."""
    if not (data / _DATABASE).exists():
        return 0
    try:
        with closing(_reading(data)) as database:
            return int(database.execute("SELECT COUNT(*) FROM bookwheel_paper").fetchone()[0])
    except sqlite3.OperationalError:  # no tables yet
        return 0


def texts(data: Path, most: int) -> list[tuple[str, str]]:
    """Titles and abstracts of at most so many papers, evenly from all over the database."""
    held = papers_in(data)
    with closing(_reading(data)) as database:
        found = database.execute(
            "SELECT title, abstract FROM bookwheel_paper WHERE (id + 1) * ?1 / ?2 > id * ?1 / ?2",
            (min(most, held), held),
        )
        return found.fetchall()


def sizes(data: Path) -> tuple[int, int]:
    """Bytes of the database and of the index on disk."""
    index = [path for path in (data / "index").rglob("*") if path.is_file()]
    return (
        sum(path.stat().st_size for path in data.glob(f"{_DATABASE}*")),
        sum(path.stat().st_size for path in index),
    )


def _reading(data: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(data / _DATABASE).absolute().as_uri()}?mode=ro", uri=True)


def _opened(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / _DATABASE)
