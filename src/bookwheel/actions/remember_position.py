"""Remember how far an import came, so that the same import goes on there after it was killed.

One small file for each source and choice, in `imports/` in the data folder. It is written after
each commit, so at worst a batch is read twice, which changes nothing. It is believed only while the
table still holds what it held then: after a restored backup the import begins again.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import orjson

from bookwheel.config import config


class Position:
    """Where the import of one file stands."""

    def __init__(self, source: Path, choice: str) -> None:
        """`choice` tells apart imports of the same file, with other filters for instance."""
        about = source.stat()
        facts = f"{source.resolve()}\n{about.st_size}\n{about.st_mtime_ns}\n{choice}"
        name = hashlib.sha256(facts.encode(errors="surrogateescape")).hexdigest()[:32]
        self._path = config().data / "imports" / f"{name}.json"

    def recall(self, last: int) -> int:
        """Number of lines done; `last` is the newest `changed` in the table."""
        try:
            told = orjson.loads(self._path.read_bytes())
            return int(told["line"]) if told["changed"] <= last else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def remember(self, line: int, last: int) -> None:
        """Note that all lines up to `line` are in the table."""
        self._path.parent.mkdir(exist_ok=True)
        part = self._path.with_suffix(".part")
        part.write_bytes(orjson.dumps({"line": line, "changed": last}))
        with suppress(FileNotFoundError):  # another import of this file was quicker
            part.replace(self._path)

    def forget(self) -> None:
        """Next time, begin at the beginning."""
        self._path.unlink(missing_ok=True)
        self._path.with_suffix(".part").unlink(missing_ok=True)
