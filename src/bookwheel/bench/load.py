"""How long pages take while many readers use the site in different ways, and whether memory grows.

Readers are made in a copy of the installation, on SQLite or in an empty PostgreSQL database. The
readers and the server share this machine's cores. Leaves out options (`cli/bench_load.py`) and what
readers do (`visits.py`).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson

from bookwheel.bench import installation
from bookwheel.bench.pages import Browser, serving
from bookwheel.bench.progress import Tell
from bookwheel.bench.report import Row
from bookwheel.bench.times import told
from bookwheel.bench.usage import GIGABYTE, Peak, measured
from bookwheel.bench.visits import ANSWER, Seen, Visitor, together
from bookwheel.config import PREFIX

TITLES = 2000  # that readers search and ask for
FAILURES = 5  # kinds of failures that are told
_INSIDE = "bookwheel.bench.load_inside"
_LOOK = 5  # seconds between two looks at memory
_PARTS = 5  # of the time; memory is compared between the second and the last


@dataclass(frozen=True)
class Crowd:
    """How many use the site, for how long, and how many others have an account."""

    active: int
    accounts: int
    tags: int
    seconds: float
    think: float  # mean seconds between two visits of one reader


def of_installation(data: Path, crowd: Crowd, *, database: str, tell: Tell) -> list[Row]:
    """Measure on a copy of an installation; `database` is an empty one of PostgreSQL, or nothing.

    Raises:
        InputError: there is no index, or the database is not empty.
    """
    settings = {f"{PREFIX}DATABASE_URL": database} if database else {}
    with installation.copied(data) as folder:
        measured("bookwheel", "status", data=folder)  # brings tables up to date, if they are old
        if database:
            tell("copying the database", 0, 1)
            measured("bookwheel", "database", "copy", database, data=folder)
            tell("copying the database", 1, 1)
        tell("making readers", 0, 1)
        numbers = (max(crowd.accounts, crowd.active), crowd.active, crowd.tags)
        made = measured(_INSIDE, *map(str, numbers), data=folder, settings=settings)
        tell("making readers", 1, 1)
        titles = [title for title, _ in installation.texts(folder, TITLES)]
        seen, memory = _loaded(folder, crowd, (orjson.loads(made.output), titles), settings, tell)
    return [*_rows(seen), _end(seen, memory, crowd)]


def _loaded(
    folder: Path,
    crowd: Crowd,
    given: tuple[list[str], list[str]],
    settings: Mapping[str, str],
    tell: Tell,
) -> tuple[Seen, list[float]]:
    """What readers saw, and gigabytes of the server's own memory every few seconds."""
    cookies, titles = given
    seen, memory = Seen(), list[float]()
    with ExitStack() as stack:
        port, _, process = stack.enter_context(serving(folder, settings))
        visitors = [
            Visitor(
                stack.enter_context(closing(Browser(port, cookie))),
                titles,
                random.Random(number),  # noqa: S311  (nothing is to be kept secret)
                seen,
            )
            for number, cookie in enumerate(cookies)
        ]

        def each(gone: float) -> None:
            tell("readers at work", int(gone), int(crowd.seconds))
            if gone >= len(memory) * _LOOK:
                now = Peak()
                now.look(process)
                memory.append(now.memory / GIGABYTE)

        together(visitors, seconds=crowd.seconds, think=crowd.think, each=each)
        tell("readers at work", int(crowd.seconds), int(crowd.seconds))
    return seen, memory


def _rows(seen: Seen) -> list[Row]:
    kinds = {kind: times for kind, times in seen.times.items() if kind not in (ANSWER, "ask")}
    every = [time for times in kinds.values() for time in times]
    rows = [told("ours", kind, times) for kind, times in sorted(kinds.items())]
    rows += [told("ours", "all pages", every), told("ours", ANSWER, seen.times[ANSWER])]
    failed = Counter(seen.failures)
    return rows + [
        {"method": "ours", "step": f"failed: {failure}", "calls": count}
        for failure, count in failed.most_common(FAILURES)
    ]


def _end(seen: Seen, memory: Sequence[float], crowd: Crowd) -> Row:
    part = max(len(memory) // _PARTS, 1)
    done = sum(len(times) for kind, times in seen.times.items() if kind != ANSWER)
    return {
        "method": "ours",
        "step": "in all",
        "visits/s": done / crowd.seconds,
        "errors": len(seen.failures),
        "memory GB, after a fifth": float(np.median(memory[part : 2 * part] or memory)),
        "memory GB, at the end": float(np.median(memory[-part:])),
    }
