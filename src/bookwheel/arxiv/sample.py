"""The sample of real papers that comes with Bookwheel (made by `bench/make_sample.py`)."""

from __future__ import annotations

from pathlib import Path

SAMPLE = "sample"  # its name on the command line


def sample_path() -> Path:
    """Where the sample lies: a dump with the days on which its papers were announced."""
    return Path(__file__).parent.parent / "data" / "sample.jsonl.zst"
