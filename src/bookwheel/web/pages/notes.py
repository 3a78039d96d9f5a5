"""Highlights and notes: making, changing and deleting them, and the list of all."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import annotation_write, document_read, paper_read
from bookwheel.actions.annotate import Selection, annotate
from bookwheel.actions.change_annotation import change_annotation
from bookwheel.actions.delete_annotation import delete_annotation
from bookwheel.actions.note_place import note_place
from bookwheel.errors import InputError
from bookwheel.models import Change, Paper
from bookwheel.queries.annotations import Placed, all_annotations, annotations_in
from bookwheel.web.annotated import colours, drawn, note, redrawn
from bookwheel.web.answers import back, tell
from bookwheel.web.leaves import block_html, leaves, picture_base
from bookwheel.web.lines import title_link
from bookwheel.web.posted import number, posted, posted_number
from bookwheel.web.visit import Visit

_ON_A_PAGE = 50


@require_safe
def notes(request: Visit) -> HttpResponse:
    """Everything the reader marked and wrote, the latest first; `q` are words that it must have."""
    words = request.GET.get("q", "")[:200]
    pages = Paginator(all_annotations(request.user, words), _ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = [(title_link(each.paper), note(Placed(each, None)), each.version) for each in page]
    context = {"words": words, "page": page, "shown": shown, "colours": colours()}
    return render(request, "notes.html", context)


@require_POST
def highlight(request: Visit) -> HttpResponse:
    """Mark what was selected, or write a note on the paper."""
    paper = paper_read(posted(request, "paper"))
    version = posted_number(request, "version")
    held = document_read(paper, version)
    if held.version != version:
        raise InputError(_("This text has changed since the page was made. Reload the page."))
    change = annotate(
        request.user,
        paper,
        (held.version, held.document),
        [_selection(line) for line in request.POST.get("parts", "").split("\n") if line.strip()],
        colour=number(request.POST.get("colour") or "0"),
        note=request.POST.get("note", ""),
    )
    return _answer(request, paper, version, _("Kept."), change)


@require_POST
def change_note(request: Visit) -> HttpResponse:
    """Save a note and a colour."""
    found = annotation_write(request.user, posted_number(request, "annotation"))
    change = change_annotation(
        request.user,
        found,
        note=request.POST.get("note", ""),
        colour=number(request.POST.get("colour") or str(found.colour)),
    )
    return _answer(request, found.paper, _seen(request, found.version), _("Saved."), change)


@require_POST
def delete_note(request: Visit) -> HttpResponse:
    """Take a highlight or note away."""
    found = annotation_write(request.user, posted_number(request, "annotation"))
    version = _seen(request, found.version)
    held = document_read(found.paper, version)
    spots = {each.annotation: each.spot for each in annotations_in(request.user, found.paper, held)}
    spot = spots.get(found)
    change = delete_annotation(request.user, found)
    return _answer(request, found.paper, version, _("Deleted."), change, spot.block if spot else "")


@require_POST
def place(request: Visit) -> HttpResponse:
    """Keep how far the reader has come. The script says so."""
    paper = paper_read(posted(request, "paper"))
    thousandths = posted_number(request, "thousandths")
    note_place(request.user, paper, posted(request, "block"), thousandths / 1000)
    return HttpResponse(status=204)


def _selection(line: str) -> Selection:
    block, _colon, places = line.strip().rpartition(":")
    start, _dash, end = places.partition("-")
    return Selection(block, number(start), number(end))


def _seen(request: Visit, version: int) -> int:
    """The version that the reader looks at."""
    return number(request.POST.get("version") or str(version))


def _answer(
    request: Visit,
    paper: Paper,
    version: int,
    text: str,
    change: Change | None,
    touched: str = "",
) -> HttpResponse:
    """With script the blocks and the list of notes drawn anew; without, the way back."""
    if not request.htmx or "list" in request.POST:
        tell(request, text, change)
        return back(request)
    held = document_read(paper, version)
    made = leaves(paper, held)
    placed = annotations_in(request.user, paper, held)
    base = picture_base(paper.arxiv_id, held.version)
    blocks = redrawn(made, base, drawn(placed), swap=True)
    if touched in made.blocks and touched not in blocks:
        blocks[touched] = block_html(made.blocks[touched], base, swap=True)
    context = {
        "arxiv_id": paper.arxiv_id,
        "held": held,
        "blocks": list(blocks.values()),
        "notes": [note(each, held) for each in placed],
        "colours": colours(),
        "text": text,
        "change": change.pk if change else "",
    }
    return render(request, "annotated.html", context)
