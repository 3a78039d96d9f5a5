"""How many abstracts a second our encoder encodes, and a small transformer beside it.

Both read the same abstracts, in the same random order, on the same number of cores: ours in one
process, as `bookwheel index` does, and in one for each core; the transformer, which needs far
longer, reads only the first of them, on as many threads.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bookwheel.bench.minilm import NAME, MiniLM
from bookwheel.bench.progress import Tell, counted
from bookwheel.bench.report import Row
from bookwheel.core.encoder import Encoder

BATCH = 2048  # abstracts encoded together, as in indexing
SLOW_BATCH = 32

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def ours(texts: Sequence[str], encoder: Path | None, cores: int, tell: Tell) -> Row:
    """Our encoder (None: the shipped one) in as many processes as cores."""
    batches = _batches(texts, BATCH)
    if cores == 1:
        encode = _encoder(encoder).encode
        encode(texts[:1])
        seconds = _seconds(map(encode, batches), len(batches), "encoding, 1 core", tell)
    else:
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(cores, spawn, _start, (encoder,)) as pool:
            list(pool.map(_work, [texts[:BATCH]] * 4 * cores))  # all have loaded it by then
            done = pool.map(_work, batches)
            seconds = _seconds(done, len(batches), f"encoding, {cores} cores", tell)
    return _row("ours", cores, len(texts), seconds)


def transformer(texts: Sequence[str], cores: int, tell: Tell) -> Row:
    """MiniLM on as many threads as cores. Raises InputError when it is not installed."""
    model, batches = MiniLM(cores), _batches(texts, SLOW_BATCH * 4)
    model.encode(texts[:1])
    step = f"{NAME}, {cores} cores"
    seconds = _seconds(map(model.encode, batches), len(batches), step, tell)
    return _row(NAME, cores, len(texts), seconds)


def compared(rows: Sequence[Row], whole: int) -> list[Row]:
    """Add how many times as fast ours is on as many cores, and the seconds for `whole` papers."""
    slow = {row["cores"]: _rate(row) for row in rows if row["method"] == NAME}
    told = list[Row]()
    for row in rows:
        times = _rate(row) / slow[row["cores"]] if row["cores"] in slow else None
        told.append({**row, "times MiniLM": times, f"s for {whole:,}": whole / _rate(row)})
    return told


def _rate(row: Row) -> float:
    rate = row["abstracts/s"]
    assert isinstance(rate, float)
    return rate


def _row(method: str, cores: int, abstracts: int, seconds: float) -> Row:
    return {
        "method": method,
        "cores": cores,
        "abstracts": abstracts,
        "seconds": seconds,
        "abstracts/s": abstracts / seconds,
    }


def _batches(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    return [texts[start : start + size] for start in range(0, len(texts), size)]


def _seconds(work: Iterable[object], total: int, step: str, tell: Tell) -> float:
    start = time.perf_counter()
    for _ in counted(work, total, step=step, tell=tell):
        pass
    return time.perf_counter() - start


def _encoder(path: Path | None) -> Encoder:
    return Encoder.load(path) if path else Encoder.shipped()


_encode: Encode | None = None  # of a process that was started for it


def _start(path: Path | None) -> None:
    global _encode
    _encode = _encoder(path).encode


def _work(texts: Sequence[str]) -> NDArray[np.float32]:
    assert _encode
    return _encode(texts)
