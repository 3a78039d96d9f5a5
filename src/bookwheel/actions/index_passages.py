"""Bring the index of passages up to the full texts that are here: the newest version of each."""

from __future__ import annotations

from collections.abc import Callable

from bookwheel.core.passages import passages
from bookwheel.models import FullText, Paper
from bookwheel.queries.documents import held
from bookwheel.queries.passages import passage_index

Progress = Callable[[int, int], None]  # papers done, papers to do


def index_passages(paper: Paper) -> None:
    """Index a paper's newest full text, or forget the paper if there is none any more.

    Raises:
        DataFolderError: the index cannot be written.
    """
    if passage_index().exists:
        _put(paper)
    else:
        reindex_passages()


def reindex_passages(progress: Progress | None = None) -> int:
    """Make the whole index anew; returns how many papers are in it. Raises DataFolderError."""
    told = progress or (lambda _done, _total: None)
    passage_index().clear()
    here = FullText.objects.filter(state=FullText.State.HERE).values("paper")
    papers = list(Paper.objects.filter(pk__in=here).order_by("pk"))
    for done, paper in enumerate(papers, 1):
        _put(paper)
        told(done, len(papers))
    return len(papers)


def _put(paper: Paper) -> None:
    found = held(paper)
    if found.text is None:
        passage_index().drop(paper.pk)
    else:
        passage_index().put(paper.pk, found.version, paper.title, passages(found.document))
