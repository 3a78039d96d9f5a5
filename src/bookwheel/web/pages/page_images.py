"""A PDF as its pages: pictures, with what is marked in the text marked on them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bookwheel.access import document_read, paper_read, text_read
from bookwheel.actions.draw_page import draw_page
from bookwheel.config import config
from bookwheel.content.passage import Drawn
from bookwheel.errors import UnreadableError
from bookwheel.queries.annotations import annotations_in
from bookwheel.shelf import files
from bookwheel.web.annotated import drawn
from bookwheel.web.jinja import url
from bookwheel.web.page_boxes import leaves_of
from bookwheel.web.pages.read import CACHED, CACHED_A_DAY
from bookwheel.web.picture_address import stamp
from bookwheel.web.reading_address import passage_of, reading_address, version_of
from bookwheel.web.sheet import sheet
from bookwheel.web.visit import Visit


@require_safe
def pages(request: Visit, arxiv_id: str) -> HttpResponse:
    """Show the pages of a version, the newest that is here; without a PDF its text is shown."""
    paper = paper_read(arxiv_id)
    held = document_read(paper, version_of(request.GET.get("v", "")))
    sizes = files.page_sizes(config().full_texts, held.text.folder) if held.text else []
    if held.text is None or not sizes:
        return redirect("read", arxiv_id)
    marks = drawn(annotations_in(request.user, paper, held))
    at = request.GET.get("at", "")
    if passage := passage_of(at):
        marks.setdefault(passage[0], []).append(Drawn(*passage[1:], "passage", "passage"))
    context = {
        "arxiv_id": arxiv_id,
        "sheet": sheet(paper),
        "held": held,
        "leaves": leaves_of(arxiv_id, held, sizes, marks),
        "images": url("page_image", arxiv_id, held.version, 0).removesuffix("0.webp"),
        "key": stamp(held.text),
        "text_address": reading_address(arxiv_id, held.version, *(passage or ())),
    }
    return render(request, "pages.html", context)


@require_safe
def page_image(request: Visit, arxiv_id: str, version: int, page: int) -> FileResponse:
    """The picture of one page, drawn when it is first asked for."""
    text = text_read(paper_read(arxiv_id), version)
    try:
        path = draw_page(text, page)
    except UnreadableError as error:
        raise Http404(str(error)) from error
    answer = FileResponse(path.open("rb"), content_type="image/webp")
    answer["Cache-Control"] = CACHED if request.GET.get("k") == stamp(text) else CACHED_A_DAY
    return answer
