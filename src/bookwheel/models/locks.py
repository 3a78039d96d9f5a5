"""What only one process of an installation does at a time, on however many machines.

With SQLite an installation is one data folder, and a lock is a file in it. With PostgreSQL it is
all that use one database, and a lock is an advisory lock of a connection of its own (PostgreSQL's
manual, 13.3.5). Both are let go when the process dies. Should that connection be lost while the
lock is held, another process may take it: what is done under it must bear being done twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from filelock import FileLock, Timeout

from bookwheel.config import config


class Lock(Protocol):
    """Held by one process at a time."""

    def acquire(self, *, wait: bool = False) -> bool:
        """Take it, and say whether it is ours now; with `wait` it is, after however long."""

    def release(self) -> None:
        """Let go of it."""


def lock(name: str) -> Lock:
    """The lock of that name. The data folder must be there."""
    if connection.vendor == "postgresql":
        return _Advisory(name)
    return _File(config().data / f"{name}.lock")


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Wait for the lock and hold it while the block runs."""
    one = lock(name)
    one.acquire(wait=True)
    try:
        yield
    finally:
        one.release()


class _File:
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self._lock = FileLock(path)

    def acquire(self, *, wait: bool = False) -> bool:
        try:
            self._lock.acquire(blocking=wait)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        self._lock.release()


class _Advisory:
    def __init__(self, name: str) -> None:
        self._name = f"bookwheel:{name}"
        self._own: BaseDatabaseWrapper | None = None

    def acquire(self, *, wait: bool = False) -> bool:
        own = connection.copy()  # a connection of its own: the other is closed when it is old
        function = "pg_advisory_lock" if wait else "pg_try_advisory_lock"
        with own.cursor() as cursor:
            cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [self._name])
            taken = cursor.fetchone()[0] is not False
        if taken:
            self._own = own
        else:
            own.close()
        return taken

    def release(self) -> None:
        if self._own:
            self._own.close()
            self._own = None
