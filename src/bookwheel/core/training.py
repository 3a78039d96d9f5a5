"""Learning an encoder from papers: which features there are, how rare each is, what each means.

Meaning is a truncated singular value decomposition of the papers' weighted features: words that
stand in the same papers get similar vectors. Two things make it better for finding papers than the
plain decomposition (`bench/LOG.md`): its first dimension, in which all papers agree, is left out,
and rare words, whose vectors come out short, are drawn longer.
Leaves out: where the papers come from (`actions/train_encoder.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

from bookwheel.core.encoder import Encoder
from bookwheel.core.vocabulary import Wanted, choose
from bookwheel.errors import InputError

_SPARE = 20  # dimensions computed beyond those kept: they make the kept ones exact
_ROUNDS = 3  # of subspace iteration


@dataclass(frozen=True)
class Plan:
    """How large an encoder to make, and from how much."""

    wanted: Wanted = field(default_factory=Wanted)
    dense: int = 30_000  # features with a vector: those in most papers
    dimensions: int = 256
    sample: int = 200_000  # papers decomposed
    evenness: float = 0.5  # 0 leaves the vectors as long as they come out, 1 makes all equally long
    seed: int = 1588


def train(texts: Sequence[str], plan: Plan, report: Callable[[str], None]) -> Encoder:
    """Learn an encoder; `report` is told each step.

    Raises:
        InputError: the texts have too few words in common for so many dimensions.
    """
    report("choosing words")
    chosen = choose(texts, plan.wanted)
    if len(chosen.vocabulary) <= plan.dimensions:
        raise InputError(
            f"Only {len(chosen.vocabulary):,} words stand in {plan.wanted.least} papers or more; "
            f"{plan.dimensions} dimensions need more. Train on more papers."
        )
    idf = np.log((1 + len(texts)) / (1 + chosen.frequencies)) + 1
    report("weighing papers")
    matrix = weighted(texts, chosen.vocabulary, idf.astype(np.float32), plan)
    report("decomposing")
    vectors = decompose(matrix, plan)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    table, scale = quantise(vectors / np.maximum(lengths, 1e-6) ** plan.evenness)
    return Encoder(chosen.vocabulary, idf.astype(np.float32), table, scale)


def weighted(
    texts: Sequence[str], vocabulary: Sequence[str], idf: NDArray[np.float32], plan: Plan
) -> scipy.sparse.csr_array:
    """Weigh the features of a sample: float32 [papers, dense], as the finished encoder will."""
    size = min(plan.dense, len(vocabulary))
    blank = Encoder(vocabulary, idf, np.zeros((size, 1), np.int8), np.ones(size, np.float32))
    picked = np.random.default_rng(plan.seed).permutation(len(texts))[: plan.sample]
    counts = blank.count([texts[at] for at in np.sort(picked)])
    matrix = scipy.sparse.csr_array(
        (blank.weigh(counts), counts.features, counts.starts), shape=(picked.size, len(vocabulary))
    )
    return matrix[:, :size]


def decompose(matrix: scipy.sparse.csr_array, plan: Plan) -> NDArray[np.float32]:
    """Find the strongest right singular vectors but the first: float32 [features, dimensions].

    Randomised subspace iteration (Halko, Martinsson, Tropp 2011) on the side of the features.
    """
    random = np.random.default_rng(plan.seed)
    width = min(plan.dimensions + _SPARE, *matrix.shape)
    basis = random.standard_normal((matrix.shape[1], width)).astype(np.float32)
    turned = matrix.T.tocsr()
    for _ in range(_ROUNDS):
        basis = scipy.linalg.qr(turned @ (matrix @ basis), mode="economic")[0]
    papers = matrix @ basis
    mix = scipy.linalg.eigh(papers.T @ papers)[1]  # weakest first
    return np.ascontiguousarray(basis @ mix[:, -2 : -plan.dimensions - 2 : -1])


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row to 255 steps: int8 [rows, columns] and what to multiply each row by [rows]."""
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-12).astype(np.float32) / np.float32(127)
    return np.rint(vectors / scale[:, None]).astype(np.int8), scale
