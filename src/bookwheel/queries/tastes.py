"""Tastes of interests, fitted once: remembered in this process and, for all others, in a file.

A taste is kept under everything that it depends on: the evidence, the rows of its papers, the
statistics that all tastes share and the code that fits. So it never goes stale, equal evidence
finds the same taste in whichever order it was given, and undo finds the one that was there before.
Leaves out: how evidence becomes a taste (`evidence.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import import_module, resources
from pathlib import Path

import numpy as np

from bookwheel.config import config
from bookwheel.core.taste import Taste
from bookwheel.index.engine import Engine
from bookwheel.index.remembered import Remembered
from bookwheel.index.taste_store import NAME, TasteStore
from bookwheel.queries import evidence
from bookwheel.queries.evidence import Evidence, weights_of

_FITS = (
    "core.blend", "core.eras", "core.shares", "core.steered", "core.taste", "core.wishes",
    "index.candidates", "index.engine", "index.worded", "queries.evidence",
)  # fmt: skip
_tastes: Remembered[Taste] = Remembered(4096)


def tastes(engine: Engine, given: Sequence[Evidence]) -> list[Taste]:
    """What each evidence comes to; the same object for the same evidence."""
    keys = [_key(engine, one) for one in given]
    by_key = dict(zip(keys, given, strict=True))

    def find(missing: list[bytes]) -> list[Taste]:
        stored = store()
        found = stored.get(missing)
        new = {key: evidence.taste(engine, by_key[key]) for key in missing if key not in found}
        if new:
            stored.keep(new)
        found |= new
        return [found[key] for key in missing]

    return _tastes.get_all(keys, find)


def store() -> TasteStore:
    """The file of this installation."""
    return TasteStore(config().data / NAME)


def forget() -> None:
    """Drop all fitted tastes, here and in the file: they are fitted again when asked for."""
    _tastes.clear()
    store().clear()


def _key(engine: Engine, given: Evidence) -> bytes:
    chosen = [paper for pair in given.steering.choices for paper in pair]
    papers = np.array([*sorted({*given.papers, *given.hidden, *given.opened, *chosen})], np.int64)
    said = (
        sorted(zip(given.papers, weights_of(given), strict=True)),
        sorted(given.hidden),
        sorted(given.opened),
        given.steering.key,
        given.name,
    )
    made = hashlib.sha256(engine.yardstick + _code())
    made.update(repr(said).encode())
    made.update(engine.columns.rows_of(papers).tobytes())
    return made.digest()


@cache
def _code() -> bytes:
    """What tells the code that fits, and its shares, from any other."""
    made = hashlib.sha256((resources.files("bookwheel") / "data" / "taste.json").read_bytes())
    for name in _FITS:
        file = import_module(f"bookwheel.{name}").__file__
        made.update(Path(file).read_bytes() if file else b"")
    return made.digest()
