"""A short name for what all static files hold: it changes when any of them does."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(folder: Path) -> str:
    """Hash names and contents of all files under a folder; 12 hexadecimal digits."""
    total = hashlib.blake2b(digest_size=6)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(hashlib.blake2b(path.read_bytes()).digest())
    return total.hexdigest()
