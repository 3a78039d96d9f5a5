"""SQLite's full-text search over papers of the installation, as a yardstick for ours."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import islice

from django.db.models import F

from bookwheel.bench.times import timed
from bookwheel.core.text import words
from bookwheel.models import Paper

PAPERS = 100_000  # given to it at most: more take it minutes
CALLS = 60


class FullText:
    """FTS5 over some of the papers, in memory."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE VIRTUAL TABLE papers USING fts5(title, abstract, tokenize='porter ascii')"
        )
        start = time.perf_counter()
        self._database.executemany("INSERT INTO papers VALUES (?, ?)", _texts())
        self._database.commit()
        self.seconds = time.perf_counter() - start
        counted = self._database.execute("SELECT COUNT(*) FROM papers")
        self.papers = int(counted.fetchone()[0])

    def times(self, questions: Sequence[str]) -> list[float]:
        """Milliseconds of searches for papers that have any of the words, ten best."""
        return timed(self._search, questions[:CALLS])

    def close(self) -> None:
        """Let go of the memory."""
        self._database.close()

    def _search(self, text: str) -> None:
        wanted = " OR ".join(f'"{word}"' for word in words(text))
        with closing(self._database.cursor()) as cursor:
            cursor.execute(
                "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT 10", [wanted]
            )
            cursor.fetchall()


def _texts() -> Iterable[tuple[str, str]]:
    """Evenly from all papers."""
    step = max(Paper.objects.count() // PAPERS, 1)
    drawn = Paper.objects.annotate(rest=F("pk") % step).filter(rest=0)
    return islice(drawn.values_list("title", "abstract").iterator(2000), PAPERS)
