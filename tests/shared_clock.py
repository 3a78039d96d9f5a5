"""A pretended clock that several processes share, as a number in a file mapped into memory."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path


class SharedClock:
    """Time that passes only when somebody waits, for several processes."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), 8)

    def now(self) -> float:
        return float(struct.unpack("d", self._bytes[:8])[0])

    def sleep(self, seconds: float) -> None:
        self._bytes[:8] = struct.pack("d", self.now() + seconds)

    @staticmethod
    def start(path: Path, now: float) -> SharedClock:
        path.write_bytes(struct.pack("d", now))
        return SharedClock(path)
