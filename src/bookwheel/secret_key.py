"""The key that signs sessions: made once, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from bookwheel.errors import DataFolderError

NAME = "secret.key"


def read_or_make(folder: Path) -> str:
    """Give the key of a data folder, making folder (0700) and key (0600) when they are not there.

    Safe when several processes start at once: all get the same key.

    Raises:
        DataFolderError: the key can neither be read nor made.
    """
    path = folder / NAME
    try:
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise DataFolderError(
            f"The key {path} cannot be read or made ({error}). Check who owns the data folder, "
            "or choose another one with --data or BOOKWHEEL_DATA."
        ) from error
    if not key:
        raise DataFolderError(
            f"The key {path} is empty. Delete it; readers will have to log in again."
        )
    return key


def _make(path: Path) -> None:
    """Write the key whole under another name, then link it: the first process to link wins."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        Path(draft).unlink(missing_ok=True)
