"""Choose the 20,000 papers that ship as `src/bookwheel/data/sample.jsonl.zst`.

From real papers whose announcement day is known (metadata of arXiv, CC0):

1. every paper announced on the days from `FIRST_DAY` to `LAST_DAY`, so that recent days are whole;
2. every earlier one of 2025–2026 whose primary category lies outside computer science;
3. of the computer-science categories missing in those days, the newest `AT_LEAST` papers of
   each, and then the newest of all until there are 20,000.

They are written in the format of arXiv's dump with one more key, `announced`, ordered by that day.

    python bench/make_sample.py ../shared/data/arxiv-metadata
"""

from __future__ import annotations

import io
import itertools
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import zstandard

FIRST_DAY, LAST_DAY = "2026-04-20", "2026-06-01"
EARLIEST_DAY = "2025-01-01"
AT_LEAST = 50
SIZE = 20_000
TARGET = Path(__file__).parent.parent / "src/bookwheel/data/sample.jsonl.zst"

Record = dict[str, Any]


def announced_papers(folder: Path) -> Iterator[Record]:
    """All records of 2025 and 2026 whose announcement day is known, with that day."""
    days = orjson.loads((folder / "announced.json").read_bytes())
    day_of = {arxiv_id: day for day, ids in days.items() for arxiv_id in ids}
    for path in (folder / "2025.jsonl.zst", folder / "2026.jsonl.zst"):
        with path.open("rb") as file:
            for line in io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(file)):
                record = orjson.loads(line)
                day = day_of.get(record["id"], "")
                if EARLIEST_DAY <= day <= LAST_DAY:
                    yield {**record, "announced": day}


def primary(record: Record) -> str:
    """The primary category."""
    return str(record["categories"].partition(" ")[0])


def order(record: Record) -> tuple[str, str]:
    """Day of announcement, then identifier."""
    return record["announced"], record["id"]


def all_fields_first(records: list[Record]) -> Iterator[Record]:
    """Newest papers first, but before all others the `AT_LEAST` newest of each category."""
    seen: Counter[str] = Counter()
    later = []
    for record in sorted(records, key=order, reverse=True):
        seen[primary(record)] += 1
        if seen[primary(record)] <= AT_LEAST:
            yield record
        else:
            later.append(record)
    yield from later


def choose(records: list[Record]) -> list[Record]:
    """The sample, in order of announcement."""
    recent = [record for record in records if record["announced"] >= FIRST_DAY]
    present = {primary(record) for record in recent}
    earlier = [record for record in records if record["announced"] < FIRST_DAY]
    missing = [record for record in earlier if primary(record) not in present]
    elsewhere = [record for record in missing if not primary(record).startswith("cs.")]
    computing = [record for record in missing if primary(record).startswith("cs.")]
    ordered = itertools.chain(recent, elsewhere, all_fields_first(computing))
    return sorted(itertools.islice(ordered, SIZE), key=order)


def main(folder: str) -> None:
    """Write the sample and say what is in it."""
    sample = choose(list(announced_papers(Path(folder))))
    text = b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in sample)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(zstandard.ZstdCompressor(level=22).compress(text))
    counts = Counter(primary(record) for record in sample)
    print(f"{len(sample):,} papers, {len(text):,} bytes, {TARGET.stat().st_size:,} compressed")
    print(", ".join(f"{category} {count}" for category, count in counts.most_common()))


if __name__ == "__main__":
    main(*sys.argv[1:])
