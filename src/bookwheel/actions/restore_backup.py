"""Make an installation again out of a backup, in a data folder that has none.

All is unpacked beside and verified before the first file is put in its place. Imports nothing of
Django: settings make a key where there is none, and the backup brings its own.
Leaves out: bringing the tables up to date and making the index (`prepare_data_folder.py`,
`build_index.py`); PostgreSQL (`copy_database.py` goes there afterwards).
"""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

import orjson
import zstandard

from bookwheel.config import config
from bookwheel.errors import DataFolderError, InputError

ABOUT, DATABASE, KEY = "backup.json", "bookwheel.sqlite3", "secret.key"
FOLDERS = ("texts", "own")
_READ_FORMATS = (1,)


def restore_backup(backup: Path) -> dict[str, Any]:
    """Unpack, verify and put in place; returns what the backup says of itself.

    Raises:
        InputError: it is no backup, is damaged, or is of a later version.
        DataFolderError: there is an installation already, or the folder cannot be written.
    """
    folder = config().data
    if config().database.exists():
        raise DataFolderError(
            f"{folder} has an installation already, and nothing is written over. Name another "
            "folder with --data, or move this one away."
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as draft:
            about = _unpack(backup, Path(draft))
            _verify(Path(draft) / DATABASE)
            _place(Path(draft), folder)
    except OSError as error:
        raise DataFolderError(f"The backup cannot be restored: {error}.") from error
    return about


def _unpack(backup: Path, draft: Path) -> dict[str, Any]:
    try:
        with (
            backup.open("rb") as file,
            zstandard.ZstdDecompressor().stream_reader(file) as packed,
            tarfile.open(fileobj=packed, mode="r|") as archive,
        ):
            for entry in archive:
                _accept(entry)
                archive.extract(entry, draft, filter="data")
            packed.read()  # to the end, where the checksum is
        about: dict[str, Any] = orjson.loads((draft / ABOUT).read_bytes())
        known = about["format"] in _READ_FORMATS
    except (zstandard.ZstdError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{backup} is no whole backup ({error}). Nothing was changed.") from error
    except FileNotFoundError as error:
        raise InputError(
            f"{error.filename or backup} is not there: this is no backup. Nothing was changed."
        ) from error
    if not known:
        raise InputError(
            f"{backup} was made by Bookwheel {about.get('bookwheel')}. Install that version or a "
            "later one; this one cannot read it."
        )
    return about


def _accept(entry: tarfile.TarInfo) -> None:
    parts = PurePosixPath(entry.name).parts
    ours = entry.name in (ABOUT, DATABASE, KEY) or (len(parts) > 1 and parts[0] in FOLDERS)
    if not (entry.isfile() and ours):
        raise ValueError(f"{entry.name} does not belong there")


def _verify(database: Path) -> None:
    if not database.exists():
        raise InputError("There is no database in it: this is no backup. Nothing was changed.")
    try:
        with closing(sqlite3.connect(database)) as opened:
            told = opened.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        told = str(error)
    if told != "ok":
        raise InputError(f"The database in the backup is damaged: {told}. Nothing was changed.")


def _place(draft: Path, folder: Path) -> None:
    """The database last: with it the installation is there."""
    for name in FOLDERS:
        if (draft / name).exists():
            shutil.rmtree(folder / name, ignore_errors=True)
    for name in (*FOLDERS, KEY, DATABASE):
        if (draft / name).exists():
            (draft / name).replace(folder / name)
