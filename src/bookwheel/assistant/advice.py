"""Which model to download for a machine's memory: told to whoever sets a model up.

Sizes are those of the files named, four bits a weight; a model needs about its size and a half.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

GIB = 2**30


@dataclass(frozen=True, slots=True)
class Advice:
    """A model that fits, and how it is had."""

    name: str
    gigabytes: float  # of its file
    least: float  # gigabytes of memory that the machine should have
    note: str


ADVISED = (
    Advice("SmolLM2-135M-Instruct", 0.1, 1, "for trying out; its sentences are often struck"),
    Advice("Qwen3-1.7B", 1.1, 4, "short answers"),
    Advice("Qwen3-4B-Instruct", 2.5, 8, "good answers; the usual choice"),
    Advice("Qwen3-8B", 5.0, 12, "better answers"),
    Advice("Mistral-Small-24B-Instruct", 14.3, 32, "long answers and comparisons"),
    Advice("Qwen3-30B-A3B-Instruct", 18.6, 48, "the same, and quick without a graphics card"),
)


def memory() -> float:
    """Gigabytes of memory of this machine; 0 where that cannot be told."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIB
    except (ValueError, OSError, AttributeError):
        return 0.0


def advised(gigabytes: float | None = None) -> Advice:
    """The largest model that fits beside Bookwheel itself."""
    held = memory() if gigabytes is None else gigabytes
    return [one for one in ADVISED if one.least <= max(held + 0.5, 1)][-1]
