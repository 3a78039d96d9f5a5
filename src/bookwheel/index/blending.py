"""The score of the engine and that of the re-ranker as one, with the part of each kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.index.query import Hits

RERANKED = 50  # best hits of a search that the re-ranker is asked about
WEIGHT = 1.0  # of the re-ranker against the engine, both in standard deviations among those hits


def blend(hits: Hits, scores: NDArray[np.float32]) -> Hits:
    """Order the first n hits anew by what the re-ranker said of them, float32 [n].

    Its part, "rerank", stands in the unit of the engine's scores. It is raised for all n alike, so
    that none of them falls behind hits that the re-ranker was not asked about.
    """
    asked = len(scores)
    if not asked:
        return hits
    engine = hits.scores[:asked]
    part = np.float32(WEIGHT) * _standardised(scores) * (engine.std() or np.float32(1))
    if asked < len(hits.scores):
        part += max(hits.scores[asked] - (engine + part).min(), np.float32(0))
    parts = hits.parts | {"rerank": np.concatenate([part, np.zeros_like(hits.scores[asked:])])}
    together = hits.scores + parts["rerank"]
    order = np.concatenate(
        [np.argsort(-together[:asked], kind="stable"), np.arange(asked, len(together))]
    )
    return replace(hits, scores=together, parts=parts).pick(order)


def _standardised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = scores.std() or np.float32(1)
    return np.asarray((scores - scores.mean()) / spread, np.float32)
