"""Who cites whom among the papers that are here, by what was found in full texts."""

from __future__ import annotations

from django.db.models import Q

from bookwheel.models import Citation, FullText, Paper

MOST = 200  # papers in a list


def papers_cited(text: FullText | None) -> dict[str, Paper]:
    """Papers that are here, by the ids of the references of a full text that mean them."""
    if text is None:
        return {}
    named = list(text.citations.exclude(arxiv_id="").order_by("pk"))
    papers = Paper.objects.filter(arxiv_id__in={each.arxiv_id for each in named})
    known = {paper.arxiv_id: paper for paper in papers}
    found: dict[str, Paper] = {}
    for each in named:
        if each.arxiv_id in known:
            found.setdefault(each.reference, known[each.arxiv_id])
    return found


def papers_citing(paper: Paper) -> list[Paper]:
    """Papers with a full text here that names this one, the newest first."""
    names = Q(arxiv_id=paper.arxiv_id)
    for doi in paper.doi.lower().split():
        names |= Q(doi=doi)
    texts = Citation.objects.filter(names, text__state=FullText.State.HERE)
    citing = Paper.objects.filter(pk__in=texts.values("text__paper")).exclude(pk=paper.pk)
    return list(citing.order_by("-first_date", "-pk")[:MOST])
