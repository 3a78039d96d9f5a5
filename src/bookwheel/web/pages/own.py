"""Files that a reader brought: bringing, reading, listing and deleting them. Nobody else's."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import own_text_read, own_text_write
from bookwheel.actions.add_own_text import add_own_text, settle
from bookwheel.actions.delete_own_text import delete_own_text
from bookwheel.config import config
from bookwheel.content.passage import Drawn
from bookwheel.errors import InputError, UnreadableError
from bookwheel.models import OwnText
from bookwheel.queries.own_texts import (
    ORIGINAL,
    own_document,
    own_texts,
    room_taken,
    texts_folder,
)
from bookwheel.shelf import files
from bookwheel.web import own_reading
from bookwheel.web.annotated import redrawn
from bookwheel.web.answers import tell
from bookwheel.web.jinja import url
from bookwheel.web.leaves import document_leaves
from bookwheel.web.pages.read import picture_answer
from bookwheel.web.posted import posted_number
from bookwheel.web.rates import check_files
from bookwheel.web.reading_address import passage_of
from bookwheel.web.visit import Visit


@require_safe
def own_list(request: Visit) -> HttpResponse:
    """All of them, and a form to bring one."""
    found = own_texts(request.user)
    for each in found:
        settle(each)
    context = {
        "texts": found,
        "taken": room_taken(request.user) / 1e6,
        "quota": config().own_texts_quota * 1000,
    }
    return render(request, "own_list.html", context)


@require_POST
def own_add(request: Visit) -> HttpResponse:
    """Take in a file; a script gets what it shows in the composer."""
    file = request.FILES.get("file")
    if file is None:
        raise InputError(_("Choose a file first."))
    check_files(request.user)
    data = file.read()
    temporary = request.POST.get("temporary") == "1"
    own = add_own_text(request.user, file.name or "", data, temporary=temporary)
    if own.state == OwnText.State.READING and not own.error:
        own_reading.start(own, data)
    if request.htmx:
        own.refresh_from_db()
        return render(request, "_own_chip.html", {"own": own})
    tell(request, _("Your file is being read."))
    return redirect("own_list")


@require_safe
def own_chip(request: Visit, which: int) -> HttpResponse:
    """How far a file is, for the composer."""
    own = own_text_read(request.user, which)
    settle(own)
    return render(request, "_own_chip.html", {"own": own})


@require_POST
def own_delete(request: Visit) -> HttpResponse:
    """Delete one for good."""
    own = own_text_write(request.user, posted_number(request, "own"))
    delete_own_text(own)
    tell(request, _("“%(name)s” is deleted.") % {"name": own.name})
    return redirect("own_list")


@require_safe
def own(request: Visit, which: int) -> HttpResponse:
    """Read one, at a passage if the address names it."""
    found = own_text_read(request.user, which)
    try:
        document = own_document(found)
    except UnreadableError as error:
        context = {"own": found, "trouble": str(error)}
        return render(request, "own.html", context, status=404)
    base = f"{url('own', which)}/file/"
    made = document_leaves(found.folder, document, base)
    marks = {}
    if passage := passage_of(request.GET.get("at", "")):
        marks[passage[0]] = [Drawn(*passage[1:], "passage", "passage")]
    context = {
        "own": found,
        "document": document,
        "leaves": made,
        "redrawn": redrawn(made, base, marks),
        "cited": {},
        "ask_address": f"{url('ask')}?paper={found.own_name}",
        "original": _original(found),
        "trouble": "",
    }
    return render(request, "own.html", context)


@require_safe
def own_file(request: Visit, which: int, name: str) -> HttpResponse | FileResponse:
    """A picture of a text, or the file as it was brought, which is never shown here."""
    found = own_text_read(request.user, which)
    if not name.startswith(ORIGINAL):
        return picture_answer(texts_folder(found.reader_id), found.folder, name)
    path = texts_folder(found.reader_id) / found.folder / name
    if not files.is_name(name) or not found.folder or not path.is_file():
        raise Http404(f"no file {name}")
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )


def _original(own: OwnText) -> str:
    """Name of the file as it was brought."""
    folder: Path = texts_folder(own.reader_id) / own.folder
    return next((path.name for path in folder.glob(f"{ORIGINAL}*")), "")
