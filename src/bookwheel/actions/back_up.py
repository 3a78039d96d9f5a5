"""Write a backup of an installation into one file, while readers read and papers arrive.

A `.tar.zst`: what it is (`backup.json`), one state of the database as a SQLite file whichever kind
is in use, the key that signs sessions, and the full texts. What can be made again (`index/`,
`passages/`) is left out. It ends with zstandard's checksum, so that one cut short is known as such.
"""

from __future__ import annotations

import io
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import zstandard
from django.db import connection
from django.utils import timezone

from bookwheel import __version__, databases
from bookwheel.actions.copy_database import copy_database
from bookwheel.config import config
from bookwheel.errors import DataFolderError
from bookwheel.models import Paper, Reader
from bookwheel.secret_key import NAME as KEY

FORMAT = 1
ABOUT, DATABASE = "backup.json", "bookwheel.sqlite3"
FOLDERS = ("texts", "own")  # full texts of papers; what readers brought themselves
LEVEL = 6  # of compression: higher ones take several times as long for a few percent

Progress = Callable[[str, int, int], object]  # what, bytes or rows done, and in all


def back_up(target: Path, progress: Progress | None = None) -> int:
    """Write the backup and return its size in bytes. A file of that name is replaced.

    Raises:
        DataFolderError: it cannot be written.
    """
    tell = progress or (lambda _what, _done, _total: None)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            database = Path(folder) / DATABASE
            _copy(database, tell)
            draft = Path(folder) / "backup"
            _pack(draft, database, tell)
            draft.replace(target)
        return target.stat().st_size
    except OSError as error:
        raise DataFolderError(
            f"The backup cannot be written to {target}: {error}. It needs room for the database "
            "twice. Name another place; no earlier backup was touched."
        ) from error


def _copy(file: Path, tell: Progress) -> None:
    if connection.vendor == "postgresql":
        copy_database(databases.sqlite(file), tell)
        with closing(sqlite3.connect(file)) as made:  # into the one file that is packed
            made.execute("PRAGMA journal_mode=DELETE")
        return
    source = f"{config().database.as_uri()}?mode=ro"
    # In one step it sees one state, and in WAL mode nobody waits for it.
    with closing(sqlite3.connect(source, uri=True)) as old, closing(sqlite3.connect(file)) as new:
        old.backup(new)


def _pack(draft: Path, database: Path, tell: Progress) -> None:
    data = config().data
    files = [(DATABASE, database), (KEY, data / KEY)]
    for name in FOLDERS:
        found = sorted(path for path in (data / name).rglob("*") if path.is_file())
        files += [(str(path.relative_to(data)), path) for path in found]
    done, total = 0, sum(_size(path) for _, path in files)
    packer = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    with (
        os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
        packer.stream_writer(file) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        _add_about(archive)
        for name, path in files:
            _add(archive, name, path)
            done += _size(path)
            tell("packing", done, total)


def _add_about(archive: tarfile.TarFile) -> None:
    about = {
        "format": FORMAT,
        "bookwheel": __version__,
        "made": timezone.now().isoformat(),
        "papers": Paper.objects.count(),
        "readers": Reader.objects.count(),
    }
    body = orjson.dumps(about, option=orjson.OPT_INDENT_2)
    entry = tarfile.TarInfo(ABOUT)
    entry.size = len(body)
    archive.addfile(entry, io.BytesIO(body))


def _add(archive: tarfile.TarFile, name: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
            archive.addfile(entry, file)
    except (
        FileNotFoundError
    ):  # a text that was taken away meanwhile; the key where a setting has it
        return


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
