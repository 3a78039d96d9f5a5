"""Turn what a full or read-only disk makes happen into an error that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from bookwheel.config import config
from bookwheel.errors import DataFolderError

# Part of the message of SQLite or of the system -> what helps.
_ADVICE = {
    "full": "Make room on the disk",
    "No space left": "Make room on the disk",
    "File too large": "Make room on the disk, or lift the limit on the size of files",
    "quota": "Make room on the disk",
    "readonly": "Make the folder writable for this account",
    "unable to open": "Make the folder writable for this account",
    "Permission denied": "Make the folder writable for this account",
    "Read-only": "Make the folder writable for this account",
    "locked": "Wait until the other program that writes there has finished",
    "disk I/O": "Check the disk and the room on it",
}


def advice_on(error: Exception) -> str:
    """What helps against an error of the disk; empty when it is none of those."""
    return next((text for sign, text in _ADVICE.items() if sign in str(error)), "")


@contextmanager
def explained() -> Iterator[None]:
    """Writing to the data folder goes in here; what was committed before stays whatever happens.

    Raises:
        DataFolderError: the folder cannot be written.
    """
    try:
        yield
    except (DatabaseError, OSError) as error:
        advice = advice_on(error)
        if not advice:
            raise
        raise DataFolderError(
            f"The data folder {config().data} cannot be written: {error}. Nothing that was stored "
            f"before is lost. {advice}, then run the same command again: it goes on from here."
        ) from error
