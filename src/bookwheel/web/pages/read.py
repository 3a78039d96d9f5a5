"""A paper to read: its full text, with what the reader marked in it; and its pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.views.decorators.http import require_safe

from bookwheel.access import document_read, paper_read, text_read
from bookwheel.config import config
from bookwheel.content.passage import Drawn
from bookwheel.models import Paper
from bookwheel.queries.annotations import annotations_in, place_in
from bookwheel.queries.cited import papers_cited, papers_citing
from bookwheel.queries.documents import Held, texts_of
from bookwheel.shelf import files
from bookwheel.web.annotated import block_name, colours, drawn, note, redrawn
from bookwheel.web.jinja import url
from bookwheel.web.leaves import Leaves, leaves, picture_base
from bookwheel.web.lines import line
from bookwheel.web.picture_address import stamp
from bookwheel.web.reading_address import passage_of, reading_address, version_of
from bookwheel.web.sheet import sheet
from bookwheel.web.strips import strip_in
from bookwheel.web.text_state import text_state
from bookwheel.web.visit import Visit

_KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
# A picture may be a document of its own (SVG): it gets no rights, and no scripts of ours.
_ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
CACHED_A_DAY, CACHED = "private, max-age=86400", "private, max-age=31536000, immutable"


@require_safe
def read(request: Visit, arxiv_id: str) -> HttpResponse:
    """Show a version, or the newest one that is here; without any, the abstract."""
    paper = paper_read(arxiv_id)
    wanted = version_of(request.GET.get("v", ""))
    held = document_read(paper, wanted)
    if wanted and wanted != held.version:
        return redirect("read", arxiv_id)  # that version is not here
    made = leaves(paper, held)
    placed = annotations_in(request.user, paper, held)
    marks = drawn(placed)
    if passage := passage_of(request.GET.get("at", "")):
        marks.setdefault(passage[0], []).append(Drawn(*passage[1:], "passage", "passage"))
    context = {
        "arxiv_id": arxiv_id,
        "sheet": sheet(paper),
        "held": held,
        "state": text_state(paper, held),
        "leaves": made,
        "pages_address": _pages(arxiv_id, held, passage),
        "strip": strip_in(held.text) if held.text else "",
        "redrawn": redrawn(made, picture_base(arxiv_id, held.version), marks),
        "notes": [note(each, held) for each in placed],
        "colours": colours(),
        "place": _place(request, paper, made),
        "ask_address": _ask(arxiv_id),
        **_around(paper, held),
    }
    return render(request, "read.html", context)


def _around(paper: Paper, held: Held) -> dict[str, Any]:
    """Other versions, and other papers."""
    cited = papers_cited(held.text)
    return {
        "versions": [text.version for text in texts_of(paper)] if held.text else [],
        "cited": {name: line(found) for name, found in cited.items()},
        "citing": [line(found) for found in papers_citing(paper)],
    }


def _place(request: Visit, paper: Paper, made: Leaves) -> tuple[str, int] | None:
    """Where to go on: an id on the page, and how much lies above in percent."""
    place = place_in(request.user, paper)
    if place is None or place.block not in made.blocks or not 0.01 < place.share < 0.99:
        return None
    return block_name(place.block), round(100 * place.share)


def _pages(arxiv_id: str, held: Held, passage: tuple[str, int, int] | None) -> str:
    """Where the pages of the PDF are shown, if it is one that is here."""
    if held.text is None or not held.text.page_width:
        return ""
    place = reading_address(arxiv_id, held.version, *(passage or ())).partition("#")[0]
    return place.replace(url("read", arxiv_id), url("pages", arxiv_id)) + "#passage" * bool(passage)


def _ask(arxiv_id: str) -> str:
    """Where questions about the paper are asked; a quotation is added to it."""
    try:
        url("ask")
    except NoReverseMatch:
        return ""
    return f"{url('ask')}?{urlencode({'paper': arxiv_id})}"


@require_safe
def picture(request: Visit, arxiv_id: str, version: int, name: str) -> FileResponse:
    """A picture of a full text; an address that names the text's own hash is never another's."""
    text = text_read(paper_read(arxiv_id), version)
    answer = picture_answer(config().full_texts, text.folder, name)
    if request.GET.get("k") == stamp(text):
        answer["Cache-Control"] = CACHED
    return answer


def picture_answer(root: Path, folder: str, name: str) -> FileResponse:
    """A picture of a document. Raises Http404."""
    kind = _KINDS.get(Path(name).suffix.lower())
    path = files.picture(root, folder, name) if folder else None
    if kind is None or path is None:
        raise Http404(f"no picture {name}")
    answer = FileResponse(path.open("rb"), content_type=kind)
    answer["Cache-Control"] = CACHED_A_DAY
    answer["Content-Security-Policy"] = _ALONE
    return answer
