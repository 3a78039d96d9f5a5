"""How long it takes to make all readers' feeds of a day, and to learn all their tags before.

Readers are made in a copy of the installation. Leaves out options (`cli/bench_feeds.py`) and the
work itself (`feeds_inside.py`).
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import orjson

from bookwheel.bench import installation
from bookwheel.bench.progress import Tell
from bookwheel.bench.report import Row, Value
from bookwheel.bench.usage import GIGABYTE, measured, memory_of, running
from bookwheel.errors import BookwheelError

_INSIDE = "bookwheel.bench.feeds_inside"
_STEPS = {"learn": "all tags learned", "feeds": "all feeds of the day"}


def of_installation(
    data: Path, *, readers: int, tags: int, papers: int, processes: int, tell: Tell
) -> list[Row]:
    """Measure on a copy of an installation. Raises InputError when it has no index."""
    with installation.copied(data) as folder:
        measured("bookwheel", "status", data=folder)  # brings tables up to date, if they are old
        tell("making readers", 0, 1)
        measured(_INSIDE, "make", str(readers), str(tags), data=folder)
        tell("making readers", 1, 1)
        rows: list[Row] = []
        for step, name in _STEPS.items():
            tell(name, 0, 1)
            rows.append({"method": "ours", "step": name, **_row(step, folder, papers, processes)})
            tell(name, 1, 1)
        return rows


def _row(step: str, folder: Path, papers: int, processes: int) -> dict[str, Value]:
    """Run one step in several processes, start included."""
    started = time.monotonic()
    with ExitStack() as stack:
        running_ = [
            stack.enter_context(
                running(_INSIDE, step, str(papers), str(part), str(processes), data=folder)
            )
            for part in range(processes)
        ]
        peaks = [stack.enter_context(memory_of(process.pid)) for process in running_]
        outputs = [process.communicate()[0] for process in running_]
        seconds = time.monotonic() - started
        if any(process.returncode for process in running_):
            raise BookwheelError(f"The measurement stopped: {step} failed.")
    done = [orjson.loads(output) for output in outputs]
    readers = sum(one["readers"] for one in done)
    row: dict[str, Value] = {"readers": readers, "processes": processes, "seconds": seconds}
    row["ms a reader"] = 1000 * seconds / max(readers, 1)
    if step == "feeds":
        row["papers"] = done[0]["papers"]
        row["papers a reader"] = sum(one["mine"] for one in done) / max(readers, 1)
    else:
        row["models"] = sum(one["models"] for one in done)
    memory = sum(peak.memory for peak in peaks)
    files = max(peak.mapped - peak.memory for peak in peaks)  # they share the pages of the index
    return row | {"memory GB": memory / GIGABYTE, "with files GB": (memory + files) / GIGABYTE}
