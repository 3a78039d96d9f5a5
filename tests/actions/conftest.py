"""Builds of the index that die."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "dying_builds.py"


@pytest.fixture(scope="session")
def dying() -> Iterator[Callable[..., int]]:
    """Build in another process that dies at a place, and tell how it ended."""
    process = subprocess.Popen(
        [sys.executable, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout

    def die(
        folder: Path,
        place: str,
        when: str,
        times: float,
        *,
        rebuild: bool = False,
        encoder: Path | None = None,
    ) -> int:
        job = {"folder": str(folder), "place": place, "when": when, "times": times}
        job |= {"rebuild": rebuild, "encoder": str(encoder or "")}
        print(json.dumps(job), file=process.stdin, flush=True)
        return int(process.stdout.readline())

    yield die
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()
