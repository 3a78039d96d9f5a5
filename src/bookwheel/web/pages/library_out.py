"""Taking the library out, as one of the formats that other programs read."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import private_paper_write, tag_read
from bookwheel.content.citations import Cited, to_bibtex, to_csl, to_csv, to_markdown, to_ris
from bookwheel.queries.archive import archive
from bookwheel.queries.taken_out import taken_out
from bookwheel.web.answers import back, tell
from bookwheel.web.posted import posted_number
from bookwheel.web.visit import Visit

_PAGE = 100  # private papers
_FORMS: dict[str, tuple[Callable[[list[Cited]], str], str, str]] = {
    "bibtex": (to_bibtex, "application/x-bibtex", "bib"),
    "ris": (to_ris, "application/x-research-info-systems", "ris"),
    "csl": (to_csl, "application/vnd.citationstyles.csl+json", "json"),
    "markdown": (to_markdown, "text/markdown", "md"),
    "csv": (to_csv, "text/csv", "csv"),
}


@require_safe
def library_out(request: Visit) -> HttpResponse:
    """Download the library or what is under one tag; as `archive`, everything of the reader's."""
    form, name = request.GET.get("form", "bibtex"), request.GET.get("tag", "")
    if form == "archive":
        return _file(orjson.dumps(archive(request.user)), "application/json", "bookwheel.json")
    if form not in _FORMS:
        raise Http404(f"no export as {form}")
    tag = tag_read(request.user, name) if name else None
    write, kind, end = _FORMS[form]
    return _file(write(taken_out(request.user, tag)).encode(), kind, f"library.{end}")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers=headers)


@require_safe
def library_private(request: Visit) -> HttpResponse:
    """Show the reader's private papers."""
    held = request.user.private_papers.prefetch_related("tags").order_by("-created", "-pk")
    page = Paginator(held, _PAGE).get_page(request.GET.get("page"))
    context = {"heading": _("Private papers"), "page": page}
    return render(request, "library_private.html", context)


@require_POST
def delete_private(request: Visit) -> HttpResponse:
    """Delete one private paper."""
    private_paper_write(request.user, posted_number(request, "which")).delete()
    tell(request, _("Private paper deleted."))
    return back(request)
