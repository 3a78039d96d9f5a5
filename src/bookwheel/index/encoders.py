"""Which encoder an index was made with, and which one is wanted.

The index keeps a copy of its encoder, so that it can be read and extended after another one came
with a new version or by the setting `encoder`. Leaves out: making the index with the wanted one
(`reencoder.py`).
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.errors import BookwheelError, IndexDamagedError, SettingError
from bookwheel.index.manifest import Manifest, sync_folder

# By fingerprint, so that a process holds each encoder once, wherever it was read.
_known: WeakValueDictionary[str, Encoder] = WeakValueDictionary()


def wanted() -> Encoder:
    """The encoder that new indexes are made with.

    Raises:
        SettingError: the setting names a file that is no encoder.
    """
    path = config().encoder
    if path is None:
        encoder = Encoder.shipped()
    else:
        try:
            encoder = _read(path, path.stat().st_mtime_ns if path.exists() else 0)
        except BookwheelError as error:
            raise SettingError(f"BOOKWHEEL_ENCODER: {error}") from error
    return _known.setdefault(encoder.fingerprint, encoder)


@lru_cache(maxsize=1)
def _read(path: Path, _stamp: int) -> Encoder:
    return Encoder.load(path)


def of(folder: Path, found: Manifest) -> Encoder:
    """The encoder that the index in a folder was made with.

    Raises:
        IndexDamagedError: the index has no whole copy of it, and another one is wanted.
    """
    if encoder := _known.get(found.encoder):
        return encoder
    encoder = _copy(folder / found.encoder_file) or wanted()
    if encoder.fingerprint != found.encoder:
        raise IndexDamagedError(
            "The index was made with another encoder and has no copy of it. "
            "`bookwheel index --rebuild` makes it anew."
        )
    return _known.setdefault(encoder.fingerprint, encoder)


def _copy(path: Path) -> Encoder | None:
    try:
        return Encoder.load(path)
    except BookwheelError:  # indexes of the first version have none
        return None


def keep(folder: Path, encoder: Encoder, found: Manifest, *, anew: bool = False) -> None:
    """Write an encoder beside the index that is made with it; with `anew` even if it is there."""
    path = folder / found.encoder_file
    if path.exists() and not anew:
        return
    unfinished = path.with_name(path.name + ".new")
    encoder.save(unfinished)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(folder)
