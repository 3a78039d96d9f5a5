"""Who cites whom among the papers that are here, by the identifiers in full texts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from bookwheel.core.document import Reference
from bookwheel.models import Citation, FullText, Paper

MOST = 200  # papers in a list


def papers_cited(references: Iterable[Reference]) -> dict[str, Paper]:
    """Papers that are here, by the ids of the references that name them."""
    wanted = {each.id: each.arxiv_ids for each in references if each.arxiv_ids}
    ids = {arxiv_id for several in wanted.values() for arxiv_id in several}
    known = {paper.arxiv_id: paper for paper in Paper.objects.filter(arxiv_id__in=ids)}
    found = {}
    for reference, several in wanted.items():
        papers = [known[arxiv_id] for arxiv_id in several if arxiv_id in known]
        if papers:
            found[reference] = papers[0]
    return found


def papers_citing(paper: Paper) -> list[Paper]:
    """Papers with a full text here that names this one, the newest first."""
    names = Q(arxiv_id=paper.arxiv_id)
    for doi in paper.doi.lower().split():
        names |= Q(doi=doi)
    texts = Citation.objects.filter(names, text__state=FullText.State.HERE)
    citing = Paper.objects.filter(pk__in=texts.values("text__paper")).exclude(pk=paper.pk)
    return list(citing.order_by("-first_date", "-pk")[:MOST])
