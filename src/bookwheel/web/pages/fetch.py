"""Fetch, now, what a reader asks for: a paper that is not here, an earlier version."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from bookwheel.access import paper_read
from bookwheel.actions.fetch_now import fetch_now, fetch_version_now
from bookwheel.actions.limit_fetches import limit_fetches
from bookwheel.core.paper_ids import parse_id
from bookwheel.errors import IdentifierError, InputError, NotFoundError, SourceError
from bookwheel.models import Paper
from bookwheel.web.jinja import url
from bookwheel.web.posted import posted, posted_number
from bookwheel.web.visit import Visit


@require_POST
def fetch(request: Visit) -> HttpResponse:
    """Fetch a paper and show it; where arXiv cannot be asked, say why and offer to try again."""
    try:
        arxiv_id = parse_id(posted(request, "paper")).base
    except IdentifierError as error:
        raise InputError(str(error)) from error
    if not Paper.objects.filter(arxiv_id=arxiv_id).exists():
        limit_fetches(request.user)
        try:
            fetch_now(arxiv_id)
        except (SourceError, NotFoundError) as error:
            return _sorry(request, arxiv_id, error)
    address = url("paper", arxiv_id)
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _sorry(request: Visit, arxiv_id: str, error: SourceError | NotFoundError) -> HttpResponse:
    context = {"arxiv_id": arxiv_id, "trouble": str(error), "at_once": False}
    if request.htmx:
        return render(request, "_fetch.html", context)
    status = 404 if isinstance(error, NotFoundError) else 503
    return render(request, "unknown_paper.html", context, status=status)


@require_POST
def fetch_version(request: Visit) -> HttpResponse:
    """Fetch what an earlier version said, and show what changed since."""
    paper = paper_read(posted(request, "paper"))
    number = posted_number(request, "version")
    limit_fetches(request.user)
    fetch_version_now(paper, number)
    return redirect(f"{url('versions', paper.arxiv_id)}?from={number}")
