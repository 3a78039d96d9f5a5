"""Fetch what a paper said in an earlier version, where nobody kept it when it was the latest."""

from __future__ import annotations

from bookwheel.actions.fetch_paper import fetch_entry
from bookwheel.arxiv.client import READER_WAITS, Client
from bookwheel.errors import AbsentError, NotFoundError
from bookwheel.models import Paper, Revision


def fetch_revision(
    client: Client, paper: Paper, number: int, *, patience: float = READER_WAITS
) -> Revision:
    """Fetch and keep it, unless it is kept already.

    Raises:
        NotFoundError: the paper has no such earlier version.
        SourceError: arXiv cannot be asked now, and why.
    """
    kept = Revision.objects.filter(paper=paper, number=number).first()
    if kept:
        return kept
    if not 1 <= number < paper.versions[-1][0]:
        raise NotFoundError(f"{paper.arxiv_id} has no earlier version {number}.")
    try:
        found = fetch_entry(client, paper.arxiv_id, number, patience=patience).paper
    except AbsentError as error:
        raise NotFoundError(f"arXiv does not show version {number} any more.") from error
    revision, _ = Revision.objects.get_or_create(
        paper=paper,
        number=number,
        defaults={
            "title": found.title,
            "abstract": found.abstract,
            "authors": [[one.family, one.given, one.suffix] for one in found.authors],
            "categories": " ".join(found.categories),
            "comments": found.comments,
        },
    )
    return revision
