"""How much a file may cost while it is read.

Leaves out: holding to it (`worker.py`, `sandbox.py`, `archive.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one reading. 3,000 pages of PDF take about a minute."""

    seconds: int = 120  # of computing
    waiting: int = 300  # seconds in all
    memory: int = 2048 * MEGABYTE
    file: int = 256 * MEGABYTE  # what is handed in, and any one file that is written
    result: int = 64 * MEGABYTE  # of JSON


LIMITS = Limits()
