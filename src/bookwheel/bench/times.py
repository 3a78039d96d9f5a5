"""Times of single calls, and what is told of many."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

from bookwheel.bench.report import Row

Question = TypeVar("Question")

WARM_UP = 3  # calls before the first that counts


def timed(work: Callable[[Question], object], questions: Iterable[Question]) -> list[float]:
    """Milliseconds of one call for each question, but the first few."""
    waiting = iter(questions)
    for question in islice(waiting, WARM_UP):
        work(question)
    return [_milliseconds(work, question) for question in waiting]


def _milliseconds(work: Callable[[Question], object], question: Question) -> float:
    start = time.perf_counter()
    work(question)
    return (time.perf_counter() - start) * 1000


def told(method: str, step: str, times: Sequence[float]) -> Row:
    """A row of the report: median, 95th percentile and number of times in milliseconds."""
    median, high = np.percentile(times, [50, 95]).tolist() if times else (None, None)
    return {"method": method, "step": step, "ms": median, "ms_p95": high, "calls": len(times)}
