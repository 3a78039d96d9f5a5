"""Searches whose best hits a small transformer puts in order, where the site has one.

Which one, the setting `reranker` says; without it all is as the engine has it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bookwheel.core.text import paper_text
from bookwheel.index.blending import RERANKED, blend
from bookwheel.index.engine import Engine
from bookwheel.index.query import Hits, Query
from bookwheel.index.reranker import of_site
from bookwheel.models import Paper


def relevance(question: str, texts: Sequence[str]) -> NDArray[np.float32] | None:
    """How well each text answers a question, float32 [n]; None when the site has no re-ranker.

    Takes about 50 ms for a new text of 100 words on two cores.
    """
    model = of_site()
    return model.scores(question, texts) if model else None


def search(opened: Engine, query: Query) -> Hits:
    """The engine's answer; of a search by words the best hits in the re-ranker's order too."""
    asked = query.search.text if query.search and query.sort == "score" else ""
    model = of_site() if asked and query.taste is None and query.offset < RERANKED else None
    if model is None:
        return opened.search(query)
    started = time.perf_counter()
    stop = query.offset + query.k
    hits = opened.search(replace(query, offset=0, k=max(stop, RERANKED + 1)))
    hits = blend(hits, model.scores(asked, _texts(hits.papers[:RERANKED])))
    return replace(hits.pick(slice(query.offset, stop)), took=time.perf_counter() - started)


def _texts(numbers: NDArray[np.int64]) -> list[str]:
    """Title and abstract of papers; nothing of those that are no longer there."""
    rows = Paper.objects.filter(pk__in=numbers.tolist()).values_list("pk", "title", "abstract")
    found = {number: paper_text(title, abstract) for number, title, abstract in rows}
    return [found.get(number, "") for number in numbers.tolist()]
