"""A dump of as many papers as wanted: drawn evenly from real ones, or made out of them.

Streams from files to a file; what is held in memory does not grow with the number of papers, but
for the words coined (`mixing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import orjson
import zstandard

from bookwheel.arxiv.lines import Problem, read
from bookwheel.bench.calendar import months
from bookwheel.bench.mixing import Mixer
from bookwheel.bench.progress import Tell, counted, silent
from bookwheel.errors import InputError

SEED = 1991
AGAIN = 0.4  # papers that are replaced by a second version, and of these the same share by a third
_LICENSE = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"


def count(files: Sequence[Path]) -> int:
    """How many papers files hold, by their lines. Raises InputError when there are none."""
    found = sum(1 for _ in _lines(files))
    if not found:
        raise InputError("There are no papers in these files. Give arXiv's metadata dump.")
    return found


def write_dump(target: Path, files: Sequence[Path], papers: int, tell: Tell = silent) -> None:
    """Write a dump (.zst) of `papers` papers: real ones as far as there are enough.

    Raises:
        InputError: the files hold no papers.
    """
    held = count(files)
    lines = drawn(files, held, papers) if papers <= held else _made(files, papers)
    with target.open("wb") as file, zstandard.ZstdCompressor(1).stream_writer(file) as packed:
        for line in counted(lines, papers, step="making papers", tell=tell):
            packed.write(line + b"\n")


def _lines(files: Sequence[Path]) -> Iterator[bytes]:
    for path in files:
        with path.open("rb") as file:
            for item in read(file):
                if not isinstance(item, Problem):
                    yield item[1]


def drawn(files: Sequence[Path], held: int, papers: int) -> Iterator[bytes]:
    """`papers` lines out of the `held` that there are, evenly: all years and fields are there."""
    for number, line in enumerate(_lines(files)):
        if (number + 1) * papers // held > number * papers // held:
            yield line


def _made(files: Sequence[Path], papers: int) -> Iterator[bytes]:
    mixer, random, sources = Mixer(SEED), Random(SEED), _endless(files)  # noqa: S311
    for month in months(papers):
        identifiers = month.identifiers()
        first = date(month.year, month.month, 1)
        for number in range(month.papers):
            mixed = mixer.mix(next(sources))
            archive = mixed["categories"].partition(" ")[0].partition(".")[0]
            day = first + timedelta(days=28 * number // month.papers)
            yield orjson.dumps(
                {"id": identifiers.next(archive), "submitter": mixed["authors"][:60]}
                | mixed
                | _frame(day, random)
            )


def _endless(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Every usable record, again and again."""
    while True:
        found = False
        for line in _lines(files):
            if record := _usable(line):
                found = True
                yield record
        if not found:
            raise InputError("No paper in these files has a title, an abstract and a category.")


def _usable(line: bytes) -> dict[str, Any] | None:
    """The record on a line, if it has all that is cut up."""
    try:
        record = orjson.loads(line)
        found = all(record.get(name) for name in ("title", "abstract", "categories"))
    except (orjson.JSONDecodeError, AttributeError):
        return None
    return record if found else None


def _frame(day: date, random: Random) -> dict[str, Any]:
    """What else stands in a record."""
    days = [day]
    while random.random() < AGAIN:
        days.append(days[-1] + timedelta(days=int(random.random() * 400)))
    pages = 4 + int(random.random() * 40)
    return {
        "comments": f"{pages} pages, {pages // 3} figures",
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "license": _LICENSE,
        "versions": [
            {"version": f"v{number}", "created": f"{at:%a, %d %b %Y} 12:{pages:02}:00 GMT"}
            for number, at in enumerate(days, 1)
        ],
        "update_date": days[-1].isoformat(),
    }
