"""Papers with scores and parts, for those who want numbers: the command line and notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from django.utils.timezone import localdate

from bookwheel.core.paper_ids import parse_id
from bookwheel.errors import NotFoundError
from bookwheel.index.query import Filters, Hits, Query
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.queries import reranked
from bookwheel.queries.engine import engine


@dataclass(frozen=True)
class Found:
    """One hit. The parts sum to the score."""

    paper: Paper
    score: float
    parts: dict[str, float]


def papers(identifiers: Iterable[str]) -> list[Paper]:
    """Papers by arXiv identifier or link, in the order asked for.

    Raises:
        IdentifierError: a string that is no identifier.
        NotFoundError: papers that are not held; the message names them.
    """
    wanted = [parse_id(identifier).base for identifier in identifiers]
    known = {paper.arxiv_id: paper for paper in Paper.objects.filter(arxiv_id__in=wanted)}
    missing = [identifier for identifier in wanted if identifier not in known]
    if missing:
        raise NotFoundError(f"Not held here: {', '.join(missing)}. `bookwheel import` adds papers.")
    return [known[identifier] for identifier in wanted]


def search(
    text: str, *, k: int = 10, filters: Filters | None = None, sort: str = "score"
) -> list[Found]:
    """Search as the pages do.

    Raises:
        QueryError: the text cannot be understood.
        IndexMissingError: nothing was indexed yet.
    """
    parsed = parse(text, today=localdate())
    if parsed.paper:
        return [Found(paper, 0.0, {}) for paper in Paper.objects.filter(arxiv_id=parsed.paper)]
    query = Query(search=parsed, k=k, filters=filters or Filters(), sort=sort)
    return _found(reranked.search(engine(), query))


def rank(
    likes: Iterable[str], hides: Iterable[str] = (), *, k: int = 10, filters: Filters | None = None
) -> list[Found]:
    """Rank all other papers by a taste fitted from likes and hides."""
    opened = engine()
    liked = [paper.pk for paper in papers(likes)]
    hidden = [paper.pk for paper in papers(hides)]
    chosen = filters or Filters()
    without = np.array([*liked, *hidden], np.int64)
    if chosen.without is not None:
        without = np.concatenate([without, chosen.without])
    taste = opened.taste(liked, hidden)
    return _found(opened.search(Query(taste=taste, k=k, filters=replace(chosen, without=without))))


def _found(hits: Hits) -> list[Found]:
    known = Paper.objects.in_bulk(hits.papers.tolist())
    return [
        Found(
            known[number],
            float(hits.scores[place]),
            {name: float(values[place]) for name, values in hits.parts.items()},
        )
        for place, number in enumerate(hits.papers.tolist())
        if number in known
    ]
