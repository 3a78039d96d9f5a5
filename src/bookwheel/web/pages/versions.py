"""The versions of a paper: when each came, and what changed between two of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookwheel.access import paper_read
from bookwheel.content.html import text_to_html
from bookwheel.queries.revisions import kept_versions
from bookwheel.web.changes import changes
from bookwheel.web.visit import Visit


@require_safe
def versions(request: Visit, arxiv_id: str) -> HttpResponse:
    """Show them, and compare version `from` with `to`; by default the last two that are here."""
    paper = paper_read(arxiv_id)
    kept = kept_versions(paper)
    numbers = [number for number, _ in paper.versions]
    later = _chosen(request.GET.get("to", ""), numbers) or numbers[-1]
    before = [number for number in numbers if number < later]
    earlier = _chosen(request.GET.get("from", ""), before)
    if earlier is None and before:
        here = [number for number in before if number in kept]
        earlier = (here or before)[-1]
    context = {
        "arxiv_id": paper.arxiv_id,
        "title": text_to_html(paper.title),
        "versions": [(number, created[:10], number in kept) for number, created in paper.versions],
        "earlier": earlier,
        "later": later,
        "missing": [number for number in (earlier, later) if number and number not in kept],
        "changes": changes(paper, earlier, later) if earlier else None,
    }
    return render(request, "versions.html", context)


def _chosen(text: str, among: list[int]) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return number if number in among else None
