"""Fitted tastes in a file that all processes of an installation share.

A cache: what cannot be read or written is fitted again, and the file may be deleted at any time.
Leaves out: what a key is made of (`queries/tastes.py`).
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bookwheel.core.taste import Taste
from bookwheel.index.taste_bytes import pack, unpack

NAME = "tastes.sqlite3"
MOST = 200_000  # tastes kept, about 9 kB each: the last ones fitted
_TOGETHER = 500  # keys of one question
_PATIENCE = 2.0  # seconds to wait for another process's write

_log = logging.getLogger(__name__)


class TasteStore:
    """Keys to tastes. Safe to use from many threads and processes."""

    def __init__(self, path: Path, *, most: int = MOST) -> None:
        self._path, self._most = path, most

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Taste]:
        """Those that are there."""
        found: dict[bytes, Taste] = {}
        if not (keys and self._path.exists()):
            return found
        try:
            with self._open() as base:
                for start in range(0, len(keys), _TOGETHER):
                    some = keys[start : start + _TOGETHER]
                    marks = ",".join("?" * len(some))
                    rows = base.execute(
                        f"SELECT key, taste FROM tastes WHERE key IN ({marks})",  # noqa: S608
                        some,
                    )
                    found |= {key: unpack(stored) for key, stored in rows}
        except (sqlite3.Error, ValueError) as error:
            self._give_up(error)
        return found

    def keep(self, tastes: Mapping[bytes, Taste]) -> None:
        """Keep some more; the oldest go when there are too many."""
        try:
            with self._open() as base, base:
                base.executemany(
                    "INSERT OR IGNORE INTO tastes (key, taste) VALUES (?, ?)",
                    [(key, pack(taste)) for key, taste in tastes.items()],
                )
                base.execute(
                    "DELETE FROM tastes WHERE id <= (SELECT max(id) FROM tastes) - ?", [self._most]
                )
        except sqlite3.Error as error:
            self._give_up(error)

    def clear(self) -> None:
        """Forget all."""
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        new = not self._path.exists()
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as base:
            base.execute("PRAGMA synchronous = OFF")  # a cache may lose what a power cut takes
            if new:
                self._path.chmod(0o600)
                base.execute("PRAGMA journal_mode = WAL")
            # Not only where the file is new: another process may just have made it, and no table.
            base.execute(
                "CREATE TABLE IF NOT EXISTS tastes "
                "(id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, taste BLOB NOT NULL)"
            )
            yield base

    def _give_up(self, error: Exception) -> None:
        """Go on without; a file that is damaged is removed, so that the next time it is whole."""
        _log.warning("Fitted tastes could not be kept or read: %s", error)
        if not isinstance(error, sqlite3.OperationalError):
            self.clear()
