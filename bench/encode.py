"""Speed of encoding on one core: abstracts a second, and microseconds of each step per abstract.

python bench/encode.py [../shared/data/arxiv-metadata/2025.jsonl.zst ...]
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import io
import itertools
import json
import sys
import time
from pathlib import Path

import zstandard

from bookwheel.core.encoder import Encoder
from bookwheel.core.text import paper_text, tokenise

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "arxiv-metadata"
PAPERS, BATCH = 20_000, 2_000
STEPS = ("tokenise", "count (tokenise included)", "weigh", "dense")


def read(path: Path) -> list[str]:
    """Read the texts of the first papers of a file."""
    with path.open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), "utf-8")
        records = map(json.loads, itertools.islice(lines, PAPERS))
        return [paper_text(record["title"], record["abstract"]) for record in records]


def time_steps(encoder: Encoder, batch: list[str]) -> list[float]:
    """Run the steps; tell the processor time before and after each."""
    marks = [time.process_time()]
    tokenise(batch)
    marks.append(time.process_time())
    counts = encoder.count(batch)
    marks.append(time.process_time())
    weights = encoder.weigh(counts)
    marks.append(time.process_time())
    encoder.dense(counts, weights)
    return [*marks, time.process_time()]


def main() -> None:
    """Time each step over batches of 2,000."""
    encoder = Encoder.shipped()
    encoder.encode(["warm up"])
    for path in [Path(name) for name in sys.argv[1:]] or [
        FOLDER / "2016.jsonl.zst",
        FOLDER / "2025.jsonl.zst",
    ]:
        texts = read(path)
        spent = dict.fromkeys(STEPS, 0.0)
        for at in range(0, len(texts), BATCH):
            marks = time_steps(encoder, texts[at : at + BATCH])
            for step, (begin, end) in zip(STEPS, itertools.pairwise(marks), strict=True):
                spent[step] += end - begin
        whole = sum(spent.values()) - spent["tokenise"]
        print(f"{path.name}: {len(texts) / whole:,.0f} abstracts/s of CPU")
        for step, seconds in spent.items():
            print(f"  {step:26s} {seconds / len(texts) * 1e6:5.1f} us")


if __name__ == "__main__":
    main()
