"""How long everything takes: import, index, search, rank, similar, pages; on any number of papers.

Each step runs in processes of its own, on an installation made for it or on a copy of a real one.
Leaves out options (`cli/bench_speed.py`), what is asked of the engine (`steps.py`) and of the site
(`pages.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import orjson

from bookwheel.bench import installation, pages, resample, yardsticks
from bookwheel.bench.progress import Tell, silent
from bookwheel.bench.questions import any_words, searches
from bookwheel.bench.ratios import with_ratios
from bookwheel.bench.report import Row
from bookwheel.bench.times import WARM_UP
from bookwheel.bench.usage import GIGABYTE, Peak, measured

Display = Callable[[], AbstractContextManager[Tell]]  # shows progress while its block runs

CALLS = 100  # questions of each kind
TITLES = 5000  # papers whose titles are searched for on pages
STEPS = ("search", "full_text", "rank", "similar", "product")  # of `steps.py`


def of_dumps(
    files: Sequence[Path],
    papers: int | None,
    *,
    keep: Path | None = None,
    calls: int = CALLS,
    display: Display = lambda: nullcontext(silent),
) -> list[Row]:
    """Measure an installation of `papers` papers (None: all), drawn from dumps or made out of them.

    With `keep`, the installation stays in that folder, and one that is there is measured again.

    Raises:
        InputError: the files hold no papers, or other things lie in `keep`.
    """
    wanted = papers or resample.count(files)
    rows: list[Row] = []
    with installation.made(keep) as folder:
        if installation.holds(folder) != wanted:
            rows += _fill(folder, files, wanted, display)
            installation.remember(folder, wanted)
        with display() as tell:
            return with_ratios([*rows, *_ready(folder, calls, tell)])


def of_installation(
    data: Path, *, calls: int = CALLS, display: Display = lambda: nullcontext(silent)
) -> list[Row]:
    """Measure an installation as it is, on a copy. Raises InputError when it has no index."""
    with installation.copied(data) as folder, display() as tell:
        measured("bookwheel", "status", data=folder)  # brings tables up to date, if they are old
        return with_ratios(_ready(folder, calls, tell))


def _fill(folder: Path, files: Sequence[Path], papers: int, display: Display) -> list[Row]:
    """Import papers, import them again, index them anew. The commands show progress themselves."""
    installation.begin(folder)
    dump = folder / "papers.jsonl.zst"
    with display() as tell:
        resample.write_dump(dump, files, papers, tell)
    rows: list[Row] = [
        {"method": "json", "step": "import", "papers/s": yardsticks.json_lines(dump)}
    ]
    for step, words in (
        ("import", ("import", "--json", str(dump))),
        ("import again", ("import", "--json", str(dump))),
        ("index", ("index", "--rebuild")),
    ):
        usage = measured("bookwheel", *words, data=folder)
        rows.append(
            {
                "method": "ours",
                "step": step,
                "papers/s": papers / usage.seconds,
                "seconds": usage.seconds,
                "processor s": usage.processor_seconds,
                **_memory(usage.peak),
            }
        )
    dump.unlink()
    return rows


def _ready(folder: Path, calls: int, tell: Tell) -> list[Row]:
    """Everything that reads, over papers that are there."""
    database, index = installation.sizes(folder)
    rows: list[Row] = [
        {
            "method": "ours",
            "step": "disk",
            "papers": installation.papers_in(folder),
            "database GB": database / GIGABYTE,
            "index GB": index / GIGABYTE,
        }
    ]
    for step in STEPS:
        tell(f"measuring: {step}", 0, 1)
        usage = measured("bookwheel.bench.inside", step, str(calls), data=folder)
        found: list[Row] = orjson.loads(usage.output)
        rows += [{**row, **_memory(usage.peak)} for row in found]
        tell(f"measuring: {step}", 1, 1)
    titles = [title for title, _ in installation.texts(folder, TITLES)]
    asked = searches(titles, calls + WARM_UP, any_words(6))
    shown, peak = pages.measure(folder, asked, calls, tell)
    return [*rows, *({**row, **_memory(peak)} for row in shown)]


def _memory(peak: Peak) -> dict[str, float]:
    return {"memory GB": peak.memory / GIGABYTE, "with files GB": peak.mapped / GIGABYTE}
