"""Learning an encoder from papers: which features there are, how rare each is, what each means.

Meaning is learned by contrast: of all texts in a batch, each should be nearest to the one it
belongs to (`pairs.py`), measured by the cosine of the finished vectors, sketch included. The loss
is InfoNCE in both directions (van den Oord et al., "Representation learning with contrastive
predictive coding", 2018), the optimiser Adam with one second moment for each row of the table.
Leaves out: where the papers come from (`actions/train_encoder.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from bookwheel.core import pairs
from bookwheel.core.encoder import Encoder, Sketch, signs
from bookwheel.core.pairs import Library
from bookwheel.core.vocabulary import Wanted, choose
from bookwheel.errors import InputError

Floats = NDArray[np.float32]

_SHARPNESS = 20.0  # cosines are multiplied by it before the softmax: the inverse temperature
_FIRST, _SECOND = 0.9, 0.99  # decay of Adam's moments
_TINY = 1e-8
_STRIP = 512  # rows moved at a time, so that they stay in the processor's cache
_SLOWEST = 0.02  # share of the rate that is left at the end


@dataclass(frozen=True)
class Plan:
    """How large an encoder to make, and how it is learned. The same plan gives the same table."""

    wanted: Wanted = field(default_factory=Wanted)
    learned: int = 512  # dimensions
    sketch: int = 512  # dimensions
    sketch_size: float = 1.5  # of a coordinate of the sketch, against a learned one at the start
    alone: float = 2.0  # the same of a coordinate of a word without a learned vector
    final_sketch: float = 1.6  # length of a sketch in the end, against the mean learned vector
    final_alone: float = 2.7  # the same of a word without a learned vector
    buckets: int = 65_536
    steps: int = 2_500
    batch: int = 1_024  # pairs
    rate: float = 0.003
    warming: int = 50  # steps in which the rate rises; then it falls evenly to nearly nothing
    seed: int = 1588


@dataclass(frozen=True)
class Progress:
    """How far the training is."""

    step: int
    done: float  # 0 to 1
    kind: str
    loss: float


class Training:
    """A table while it is learned. `state` and `resume` carry it over an interruption."""

    def __init__(self, library: Library, plan: Plan) -> None:
        """Choose the features and start from random signs.

        Raises:
            InputError: the papers have too few words in common.
        """
        self.library = library
        self.plan = plan
        texts = [library.text(row) for row in range(len(library))]
        chosen = choose(texts, plan.wanted)
        if not chosen.vocabulary:
            raise InputError(
                f"No word stands in {plan.wanted.least} papers or more. Train on more papers."
            )
        self.vocabulary = chosen.vocabulary
        self.idf = (np.log((1 + len(texts)) / (1 + chosen.frequencies)) + 1).astype(np.float32)
        # While it is learned the encoder has no table: it counts, weighs and makes sketches.
        unit = 1 / float(np.sqrt(plan.learned + plan.sketch))
        self.counter = Encoder(
            self.vocabulary,
            self.idf,
            np.zeros((0, plan.learned), np.int8),
            np.zeros(0, np.float32),
            Sketch(plan.sketch, plan.sketch_size * unit, plan.alone * unit, plan.buckets),
        )
        self.step = 0
        self._xp, self._sparse = _arrays()
        numbers = np.arange(len(self.vocabulary), dtype=np.int32) + self.counter.size
        start = signs(numbers, plan.learned)
        self.table = self._xp.asarray(start * np.float32(unit))
        self._first = self._xp.zeros_like(self.table)
        self._second = self._xp.zeros(len(self.vocabulary), np.float32)

    def run(self, over: Callable[[], float] = lambda: 0.0) -> Iterator[Progress]:
        """Take the steps that are left; `over` is the share of the time that is gone, 1 the end."""
        while (done := max(self.step / self.plan.steps, over())) < 1:
            random = np.random.default_rng([self.plan.seed, self.step])
            kind, (left, right) = pairs.draw(self.library, self.plan.batch, random)
            loss = self._learn(left, right, 1 - done)
            self.step += 1
            yield Progress(self.step, max(self.step / self.plan.steps, over()), kind, loss)

    def finish(self) -> Encoder:
        """Make the encoder of what is learned so far.

        Learned vectors grow while they are learned, and the sketch does not: here it is brought
        back into proportion.
        """
        plan, table = self.plan, _plain(self.table)
        length = float(np.linalg.norm(table, axis=1).mean())
        sketch = Sketch(
            plan.sketch,
            plan.final_sketch * length / float(np.sqrt(plan.sketch)),
            plan.final_alone * length / float(np.sqrt(plan.learned + plan.sketch)),
            plan.buckets,
        )
        return Encoder(self.vocabulary, self.idf, *quantise(table), sketch)

    def state(self) -> dict[str, Any]:
        """All that `resume` needs, as arrays."""
        return {
            "step": np.array(self.step),
            "plan": np.array(repr(asdict(self.plan))),
            "papers": np.array(len(self.library)),
            "table": _plain(self.table),
            "first": _plain(self._first),
            "second": _plain(self._second),
        }

    def resume(self, state: dict[str, Any]) -> bool:
        """Go on from a state; False, and nothing changed, when it is of another training."""
        mine = self.state()
        if any(str(state.get(name)) != str(mine[name]) for name in ("plan", "papers")):
            return False
        if state["table"].shape != self.table.shape:
            return False
        self.step = int(state["step"])
        self.table = self._xp.asarray(state["table"])
        self._first = self._xp.asarray(state["first"])
        self._second = self._xp.asarray(state["second"])
        return True

    def _learn(self, left: Sequence[str], right: Sequence[str], todo: float) -> float:
        """Move the rows of one batch's features; returns the loss."""
        xp = self._xp
        weights, used, known = self._weighted([*left, *right])
        rows = xp.asarray(used[:known])
        learned = self.plan.learned
        vectors = xp.asarray(self._sketches(used, known))
        vectors[:known, :learned] = self.table[rows]
        sums = weights @ vectors
        lengths = xp.maximum(xp.linalg.norm(sums, axis=1, keepdims=True), _TINY)
        units = sums / lengths
        loss, slope = _contrast(xp, units, len(left))
        slope -= units * (units * slope).sum(axis=1, keepdims=True)
        slope /= lengths
        self._move(rows, (weights.T @ slope[:, :learned])[:known], todo)
        return float(loss)

    def _sketches(self, used: NDArray[np.int32], known: int) -> Floats:
        """The parts of vectors that are not learned; zeros where the others belong."""
        made = np.zeros((used.size, self.counter.dimensions), np.float32)
        sketch = self.counter.sketch
        made[:known, self.plan.learned :] = signs(used[:known], sketch.dimensions)
        made *= np.float32(sketch.size)
        made[known:] = self.counter.vectors(used[known:])
        return made

    def _weighted(self, texts: Sequence[str]) -> tuple[Any, NDArray[np.int32], int]:
        """Weights of the features that stand in texts [n, used]; the features; how many known."""
        counts = self.counter.count(texts)
        used, places = np.unique(counts.features, return_inverse=True)
        matrix = scipy.sparse.csr_matrix(
            (self.counter.weigh(counts), places, counts.starts), shape=(len(texts), used.size)
        )
        moved = matrix if self._xp is np else self._sparse.csr_matrix(matrix)
        return moved, used, int(np.searchsorted(used, len(self.vocabulary)))

    def _move(self, rows: Any, slope: Any, todo: float) -> None:
        """One step of Adam for some rows of the table, the shorter the less is to do."""
        xp, step = self._xp, self.step + 1
        rate = self.plan.rate * min(1.0, step / self.plan.warming) * max(todo, _SLOWEST)
        strip = _STRIP if xp is np else len(rows)
        for at in range(0, len(rows), strip):
            some, part = rows[at : at + strip], slope[at : at + strip]
            first = _FIRST * self._first[some] + (1 - _FIRST) * part
            second = _SECOND * self._second[some] + (1 - _SECOND) * (part * part).mean(axis=1)
            self._first[some], self._second[some] = first, second
            size = xp.sqrt(second / (1 - _SECOND**step)) + _TINY
            self.table[some] -= np.float32(rate) * first / size[:, None]


def _contrast(xp: ModuleType, units: Any, size: int) -> tuple[Any, Any]:
    """The loss of unit vectors [2 size, d], halves belonging together, and its slope."""
    left, right = units[:size], units[size:]
    cosines = np.float32(_SHARPNESS) * (left @ right.T)
    loss, pull = 0.0, xp.zeros_like(cosines)
    for axis in (0, 1):
        shifted = cosines - cosines.max(axis=axis, keepdims=True)
        chances = xp.exp(shifted)
        sums = chances.sum(axis=axis, keepdims=True)
        loss += (xp.log(sums).ravel() - xp.diagonal(shifted)).mean() / 2
        pull += chances / sums
    pull[xp.arange(size), xp.arange(size)] -= 2
    pull *= np.float32(_SHARPNESS / 2 / size)
    return loss, xp.concatenate([pull @ right, pull.T @ left])


def _arrays() -> tuple[ModuleType, ModuleType]:
    """numpy and its sparse matrices, or CuPy's where it is installed and finds a GPU."""
    if find_spec("cupy") is not None:
        cupy = import_module("cupy")
        if cupy.cuda.is_available():
            return cupy, import_module("cupyx.scipy.sparse")
    return np, scipy.sparse


def _plain(array: Any) -> Any:
    """An array in this machine's memory."""
    return array if isinstance(array, np.ndarray) else array.get()


def quantise(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Round each row to 255 steps: int8 [rows, columns] and what to multiply each row by [rows]."""
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-12).astype(np.float32) / np.float32(127)
    return np.rint(vectors / scale[:, None]).astype(np.int8), scale
