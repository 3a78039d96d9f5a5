"""Figures: searched by their captions, and one with what is like it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from bookwheel.access import figure_read, paper_read, shows
from bookwheel.core.figure_kinds import FigureKind
from bookwheel.errors import NotFoundError, QueryError
from bookwheel.models import Figure
from bookwheel.queries.documents import held
from bookwheel.queries.figure_like import figures_like
from bookwheel.queries.figure_search import search_figures
from bookwheel.queries.figure_text import mentions
from bookwheel.queries.sight import named
from bookwheel.web.choices import changed, read_choices
from bookwheel.web.figured import caption_html, kind_name, plate, plates, swatches
from bookwheel.web.jinja import url
from bookwheel.web.lines import line
from bookwheel.web.listing import grouped, in_ms, place_among
from bookwheel.web.pickers import seeing_choices
from bookwheel.web.reading_address import reading_address
from bookwheel.web.visit import Visit

EXAMPLES = ("fig: confusion matrix", "fig: architecture kind:diagram", 'fig: "ablation" cat:cs.CV')


@require_safe
@vary_on_headers("HX-Request")
def figures(request: Visit) -> HttpResponse:
    """Show the box, and the figures that a search finds; without one, the newest."""
    return show_figures(request, request.GET.get("q", "").strip())


def show_figures(request: Visit, text: str) -> HttpResponse:
    """The same for a search that came to another page."""
    context: dict[str, Any] = {"text": text, "examples": EXAMPLES, "fault": "", "plates": []}
    status = 200
    try:
        context |= _found(request, text)
    except (QueryError, NotFoundError) as error:
        context["fault"], status = str(error), 200 if request.htmx else 400
    template = "_figures.html" if request.htmx else "figures.html"
    return render(request, template, context, status=status)


def _found(request: Visit, text: str) -> dict[str, Any]:
    page = read_choices(request.GET).page
    found = search_figures(request.user, text, shows=shows, page=page)
    told = [_counted(found.total), in_ms(found.took_ms)]
    if found.pages > 1:
        told.insert(0, place_among(page, found.pages))
    return {
        "plates": plates(found.hits),
        "said": " · ".join(told),
        "previous": changed(request, page=page - 1) if page > 1 else "",
        "next": changed(request, page=page + 1) if page < found.pages else "",
        "kinds": [(each.value, kind_name(each.value)) for each in FigureKind],
    }


def _counted(count: int) -> str:
    return ngettext("%(n)s figure", "%(n)s figures", count) % {"n": grouped(count)}


def _ask(found: Figure) -> str:
    """Where a model is asked about it; nowhere without a picture or a model that sees."""
    if not found.picture or not seeing_choices():
        return ""
    return f"{url('ask')}?{urlencode({'figure': named(found)})}"


@require_safe
def figure(request: Visit, arxiv_id: str, version: int, block: str) -> HttpResponse:
    """Show one figure: large, what the text says of it, and figures like it."""
    paper = paper_read(arxiv_id)
    found = figure_read(paper, version, block)
    context = {
        "arxiv_id": arxiv_id,
        "figure": found,
        "plate": plate(found),
        "paper_line": line(paper),
        "kind": kind_name(found.kind),
        "swatches": swatches(found),
        "mentions": [
            (reading_address(arxiv_id, version, place, start, end), caption_html(said))
            for place, start, end, said in mentions(held(paper, version).document, block)
        ],
        "like": plates(figures_like(found, shows=shows)),
        "title": found.label or _("Figure"),
        "ask": _ask(found),
    }
    return render(request, "figure.html", context)
