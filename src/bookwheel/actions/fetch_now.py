"""Fetch a paper of any source, or an earlier version of one, from where it is at home."""

from __future__ import annotations

from bookwheel.actions.fetch_paper import fetch_paper
from bookwheel.actions.fetch_preprint import fetch_preprint
from bookwheel.actions.fetch_revision import fetch_revision
from bookwheel.arxiv.client import READER_WAITS, arxiv_client
from bookwheel.arxiv.clock import Clock
from bookwheel.biorxiv.servers import biorxiv_client
from bookwheel.core.paper_ids import is_arxiv
from bookwheel.errors import NotFoundError
from bookwheel.models import Paper, Revision


def fetch_now(
    identifier: str, *, patience: float = READER_WAITS, clock: Clock | None = None
) -> Paper:
    """Fetch, store and index a paper.

    Raises:
        NotFoundError: there is no such paper.
        SourceError: its server cannot be asked now, and why.
    """
    if is_arxiv(identifier):
        with arxiv_client(clock=clock) as client:
            return fetch_paper(client, identifier, patience=patience)
    with biorxiv_client(clock=clock) as client:
        return fetch_preprint(client, identifier, patience=patience)


def fetch_version_now(paper: Paper, number: int) -> Revision:
    """Fetch and keep what an earlier version said. Raises as `fetch_now` does."""
    if is_arxiv(paper.arxiv_id):
        with arxiv_client() as client:
            return fetch_revision(client, paper, number)
    with biorxiv_client() as client:
        fetch_preprint(client, paper.arxiv_id)
    kept = Revision.objects.filter(paper=paper, number=number).first()
    if kept is None:
        raise NotFoundError(f"{paper.arxiv_id} has no earlier version {number}.")
    return kept
