"""Write down the lines of a dump that gave no paper: one JSON object each, in `reports/`.

Of very many only the first: then the file is no dump at all, and the report would fill the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson

from bookwheel.arxiv.lines import Problem
from bookwheel.config import config

MOST = 100_000  # lines in a report


class Report:
    """The report of one import or harvest; no file as long as there is nothing to report."""

    def __init__(self, what: str = "import") -> None:
        time = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        self._path = config().reports / f"{what}-{time}.jsonl"
        self._room = MOST
        self.path: Path | None = None

    def add(self, source: str, problems: Sequence[Problem]) -> None:
        """Append the problems of one file, as far as there is room."""
        problems = problems[: self._room]
        if not problems:
            return
        self._room -= len(problems)
        self._path.parent.mkdir(exist_ok=True)
        with self._path.open("ab") as file:
            for problem in problems:
                told = {
                    "file": source,
                    "line": problem.line,
                    "reason": problem.reason,
                    "excerpt": problem.excerpt,
                }
                file.write(orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE))
        self.path = self._path
