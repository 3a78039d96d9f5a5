"""All figures of the newest full texts in memory: their papers, licences and looks.

Read from the database once in each process and again when figures came or went: 100,000 take
about a second and 30 MB. Leaves out: captions (`shelf/figures.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from django.db.models import Count, F, Max
from numpy.typing import NDArray

from bookwheel.config import config
from bookwheel.content.figures import LENGTH
from bookwheel.models import Figure, FullText

_STEP = 2000  # rows read together
_BLOCK = 65_536  # vectors multiplied together


@dataclass(frozen=True)
class Looks:
    """Arrays of n figures. `vectors` are int8 [n, LENGTH], all zero without a picture; `licence`
    says for each figure which of `licences` its text has."""

    figures: NDArray[np.int64]
    papers: NDArray[np.int64]
    vectors: NDArray[np.int8]
    lengths: NDArray[np.float32]
    licence: NDArray[np.intp]
    licences: tuple[str, ...]

    def shown(self, may: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Which of them may be shown, where `may` says it of a licence."""
        allowed = np.array([may(each) for each in self.licences], np.bool_)
        return allowed[self.licence] if len(allowed) else np.zeros(len(self.figures), np.bool_)

    def nearness(self, look: bytes) -> NDArray[np.float32]:
        """How alike each figure looks, from -1 to 1; 0 without a picture."""
        wanted = np.frombuffer(look, np.int8).astype(np.float32)
        if len(wanted) != LENGTH:
            return np.zeros(len(self.figures), np.float32)
        wanted /= max(float(np.linalg.norm(wanted)), 1.0)
        near = np.empty(len(self.figures), np.float32)
        for at in range(0, len(near), _BLOCK):
            part = slice(at, at + _BLOCK)
            near[part] = self.vectors[part].astype(np.float32) @ wanted
        return np.asarray(near / self.lengths, np.float32)


_lock = Lock()
_held: dict[str, tuple[tuple[object, ...], Looks]] = {}


def looks() -> Looks:
    """The figures as they are now."""
    name = str(config().data)
    told = Figure.objects.aggregate(last=Max("pk"), count=Count("pk"))
    here = FullText.objects.filter(state=FullText.State.HERE)
    told |= here.aggregate(fetched=Max("fetched"), texts=Count("pk"))
    stamp = tuple(told.values())
    with _lock:
        if name not in _held or _held[name][0] != stamp:
            _held[name] = (stamp, _read())
        return _held[name][1]


def _read() -> Looks:
    here = FullText.objects.filter(state=FullText.State.HERE)
    newest = dict(here.order_by("paper", "version").values_list("paper", "pk"))
    rows = Figure.objects.annotate(licence=F("text__licence")).order_by("pk")
    found = rows.values_list("pk", "paper", "text", "licence", "look")
    kept = [row for row in found.iterator(_STEP) if newest.get(row[1]) == row[2]]
    licences = {text: number for number, text in enumerate(dict.fromkeys(row[3] for row in kept))}
    vectors = np.zeros((len(kept), LENGTH), np.int8)
    for place, row in enumerate(kept):
        if len(row[4]) == LENGTH:
            vectors[place] = np.frombuffer(row[4], np.int8)
    squares = np.einsum("ij,ij->i", vectors, vectors, dtype=np.float32)
    return Looks(
        np.array([row[0] for row in kept], np.int64),
        np.array([row[1] for row in kept], np.int64),
        vectors,
        np.maximum(np.sqrt(squares), 1),
        np.array([licences[row[3]] for row in kept], np.intp),
        tuple(licences),
    )
