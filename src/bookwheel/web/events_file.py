"""The events of one answer in a file: one process writes it, any may follow it (decision 9).

A line is `[number, kind, data]` in JSON. Who writes holds a lock, which the system lets go when
that process ends, however it ends. Leaves out: what events say (`writing.py`).
"""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any, NamedTuple

import orjson

from bookwheel.config import config

TOLD = "told"  # the answer is whole; what follows is about the conversation
END = "end"  # the kind of the last event
LOST = "lost"  # said to a follower when whoever wrote is gone
QUIET = "quiet"  # said to a follower now and then, so that the connection is seen to be alive
_SOON, _LATER = 0.03, 0.25  # seconds between two looks at the file
_PATIENCE = 15.0  # seconds without any event


class Told(NamedTuple):
    """One event as it stands in the file; numbers begin at 1."""

    number: int
    kind: str
    data: Any


def place(message: int) -> Path:
    """The file of an answer, by the number of its message."""
    return config().data / "streams" / f"{message}.jsonl"


def stop_sign(message: int) -> Path:
    """A file that is there when the reader wants the answer to stop."""
    return place(message).with_suffix(".stop")


class EventsFile:
    """Writes the events of one answer."""

    def __init__(self, message: int) -> None:
        self._path = place(message)
        self._sign = stop_sign(message)
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        self._file: IO[bytes] = self._path.open("wb", buffering=0)
        self._number = 0
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def add(self, kind: str, data: Any) -> None:
        """Add an event."""
        self._number += 1
        self._file.write(orjson.dumps([self._number, kind, data]) + b"\n")

    def close(self) -> None:
        """Take the file away; whoever follows it reads on to its end."""
        self._path.unlink(missing_ok=True)
        self._sign.unlink(missing_ok=True)
        self._file.close()


def is_written(message: int) -> bool:
    """Whether some process is writing the answer now."""
    try:
        with place(message).open("rb") as file:
            return _locked(file)
    except OSError:
        return False


async def follow(message: int, after: int = 0) -> AsyncIterator[Told]:
    """Give the events after a number, waiting for new ones, to the last.

    Ends at once when there is no file; ends with `LOST` when whoever wrote it is gone.
    """
    try:
        file = place(message).open("rb")
    except OSError:
        return
    with file:
        rest, wait, quiet = b"", _SOON, 0.0
        while True:
            written = _locked(file)  # asked before reading: what came before the end is read
            lines, rest = _lines(rest + file.read())
            for told in lines:
                if told.number > after:
                    yield told
                if told.kind == END:
                    return
            if not written and not lines:
                yield Told(0, LOST, None)
                return
            wait = _SOON if lines else min(wait * 1.5, _LATER)
            quiet = 0.0 if lines else quiet + wait
            if quiet > _PATIENCE:
                quiet = 0.0
                yield Told(0, QUIET, None)
            await asyncio.sleep(wait)


def _lines(text: bytes) -> tuple[list[Told], bytes]:
    """Whole lines, and the beginning of one that is still being written."""
    *whole, rest = text.split(b"\n")
    return [Told(*orjson.loads(line)) for line in whole], rest


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(file, fcntl.LOCK_UN)
    return False


def sweep() -> None:
    """Take away what processes that died left behind."""
    folder = config().data / "streams"
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.stem.isdigit() and not is_written(int(path.stem)):
            path.unlink(missing_ok=True)
