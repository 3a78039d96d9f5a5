"""The engine that this process reads with: opened on first use, and again for each new index."""

from __future__ import annotations

from threading import Lock

from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.errors import IndexMissingError
from bookwheel.index import encoders, manifest
from bookwheel.index.engine import Engine

_lock = Lock()
_open: dict[str, tuple[int, Engine]] = {}  # at most one: an engine holds its files open


def encoder() -> Encoder:
    """The encoder of the index in force; without an index, the one that it will have.

    Raises:
        IndexDamagedError: the index cannot be read.
    """
    try:
        return engine().encoder
    except IndexMissingError:
        return encoders.wanted()


def engine() -> Engine:
    """The engine over the index in force.

    Raises:
        IndexMissingError: nothing was indexed yet.
        IndexDamagedError: the index cannot be read.
    """
    folder = config().index
    stamp = manifest.stamp(folder)
    known = _open.get(str(folder))
    if known is not None and known[0] == stamp:
        return known[1]
    with _lock:
        known = _open.get(str(folder))
        if known is None or known[0] != stamp:
            known = (stamp, Engine.open(folder))
            _open.clear()
            _open[str(folder)] = known
    return known[1]
