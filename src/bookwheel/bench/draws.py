"""Papers of an index to measure with, drawn with a fixed seed.

Likes are papers of one subject, as those of a reader are: a paper and some of its nearest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bookwheel.bench.questions import SEED
from bookwheel.index.engine import Engine
from bookwheel.index.query import Query
from bookwheel.models import Paper

DRAWN = 20_000  # papers at most
NEAR = 20  # papers around one from which likes are drawn
LIKES = 5


def papers(engine: Engine) -> NDArray[np.int64]:
    """Numbers of up to `DRAWN` papers."""
    live = engine.columns.papers[engine.columns.live]
    return np.random.default_rng(SEED).choice(live, min(DRAWN, len(live)), replace=False)


def titles(engine: Engine) -> list[str]:
    """Titles of these papers."""
    drawn = Paper.objects.filter(pk__in=papers(engine).tolist()).order_by("pk")
    return list(drawn.values_list("title", flat=True))


def of_one_subject(engine: Engine, count: int) -> list[tuple[int, ...]]:
    """Numbers of `LIKES` papers that are alike, `count` times."""
    rng = np.random.default_rng(SEED)
    found = []
    for paper in rng.choice(papers(engine), count).tolist():
        near = engine.search(Query(taste=engine.taste([paper]), k=NEAR)).papers
        others = rng.permutation(near[near != paper])[: LIKES - 1]
        found.append((paper, *others.tolist()))
    return found


def of_any_subject(engine: Engine, count: int) -> list[tuple[int, ...]]:
    """Numbers of `LIKES` papers that have nothing to do with each other, `count` times."""
    rng = np.random.default_rng(SEED)
    return [tuple(drawn) for drawn in rng.choice(papers(engine), (count, LIKES)).tolist()]
