"""What others need for the like: common tools and bounds that our times stand beside.

Leaves out SQLite's full-text search (`full_text.py`).
"""

from __future__ import annotations

import json
import time
from itertools import islice
from pathlib import Path

import numpy as np

from bookwheel.arxiv.lines import Problem, read
from bookwheel.bench.times import timed

DIMENSIONS = 256
BLOCK = 262_144  # rows of vectors held at once; far more than a processor's caches hold
PRODUCTS = 10  # products timed
LINES = 50_000  # lines of a dump that are parsed


def json_lines(dump: Path) -> float:
    """Lines a second that Python's own json module parses, unpacking included."""
    start, lines = time.perf_counter(), 0
    with dump.open("rb") as file:
        for item in islice(read(file), LINES):
            if not isinstance(item, Problem):
                json.loads(item[1])
                lines += 1
    return lines / (time.perf_counter() - start)


def products(rows: int) -> list[float]:
    """Milliseconds of numpy's product of `rows` vectors, float32 of 256, with one vector.

    More rows than a block holds are the same block again: the work is the same.
    """
    block = np.ones((min(rows, BLOCK), DIMENSIONS), np.float32)
    whole, rest = divmod(rows, len(block))
    vector = np.ones(DIMENSIONS, np.float32)

    def multiply(_: int) -> None:
        for _ in range(whole):
            block @ vector
        block[:rest] @ vector

    return timed(multiply, range(PRODUCTS))
