"""One paper: all that is known about it, and what is like it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bookwheel.access import paper_read
from bookwheel.config import config
from bookwheel.content.bibtex import bibtex as entry_of
from bookwheel.core.paper_ids import PaperId, parse_id
from bookwheel.errors import IdentifierError
from bookwheel.models import Paper
from bookwheel.queries import lists
from bookwheel.queries.lists import Choices
from bookwheel.queries.state import card_of
from bookwheel.web.changes import Changes, changes
from bookwheel.web.controls import Controls
from bookwheel.web.follows import follow_buttons
from bookwheel.web.glance import glance
from bookwheel.web.lines import line
from bookwheel.web.sheet import sheet
from bookwheel.web.visit import Visit

_NEIGHBOURS = 5


@require_safe
def paper(request: Visit, arxiv_id: str) -> HttpResponse:
    """Show it. The address is arXiv's; one with a version leads to the paper."""
    identifier = _identifier(arxiv_id)
    base = identifier.base
    found = Paper.objects.filter(arxiv_id=base).first()
    if found and identifier.version and identifier.version > found.versions[-1][0]:
        return _no_version(request, found, identifier.version)
    if base != arxiv_id:
        return redirect("paper", base)
    if found is None:
        unknown = {"arxiv_id": base, "trouble": "", "at_once": not config().offline}
        return render(request, "unknown_paper.html", unknown, status=404)
    near = lists.similar(request.user, found, Choices()).cards[:_NEIGHBOURS]
    context = {
        "controls": Controls(request)(card_of(request.user, found)),
        "arxiv_id": base,
        "sheet": sheet(found),
        "near": [line(card.paper) for card in near],
        "changes": _last_changes(found),
        "glance": glance(request.user, found),
        "follows": follow_buttons(request.user, found),
    }
    return render(request, "paper.html", context)


def _last_changes(found: Paper) -> Changes | None:
    """What the newest version changed, where the one before is here."""
    if len(found.versions) < 2:
        return None
    (earlier, _), (later, _) = found.versions[-2:]
    return changes(found, earlier, later)


def _no_version(request: Visit, found: Paper, wanted: int) -> HttpResponse:
    """Say that a paper has no such version, and which is the newest one known here."""
    context = {"found": found, "wanted": wanted, "newest": found.versions[-1][0]}
    return render(request, "no_version.html", context, status=404)


def _identifier(arxiv_id: str) -> PaperId:
    try:
        return parse_id(arxiv_id)
    except IdentifierError as error:
        raise Http404(str(error)) from error


@require_safe
def bibtex(request: Visit, arxiv_id: str) -> HttpResponse:
    """The paper's BibTeX entry, as a file."""
    entry = entry_of(paper_read(arxiv_id))
    answer = HttpResponse(entry, content_type="text/x-bibtex; charset=utf-8")
    name = arxiv_id.replace("/", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name}.bib"'
    return answer
