"""Bringing a library along: read a file, look at what was found, import it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookwheel.access import import_draft_write
from bookwheel.actions.draft_import import draft_import, drafted
from bookwheel.actions.import_library import Wishes, import_library
from bookwheel.errors import InputError
from bookwheel.models import ImportDraft, Paper
from bookwheel.web.answers import tell
from bookwheel.web.lines import Line, line
from bookwheel.web.visit import Visit

_SHOWN = 50  # of the matched, the unmatched and the problems


@dataclass(frozen=True)
class Preview:
    """What would be imported."""

    name: str
    form: str
    counts: tuple[tuple[int, str], ...]
    found: list[Line]
    missing: list[str]
    problems: list[list[object]]
    own_tags: bool


@require_safe
def library_in(request: Visit) -> HttpResponse:
    """Ask for a file, or show what was read from it."""
    return render(request, "library_in.html", _context(request))


def _context(request: Visit) -> dict[str, Any]:
    draft = ImportDraft.objects.filter(reader=request.user).first()
    return {
        "typed": "",
        "refused": "",
        "heading": _("Import"),
        "preview": _preview(draft) if draft else None,
        "tags": request.user.tags.filter(deleted=None).order_by("name"),
    }


def _preview(draft: ImportDraft) -> Preview:
    entries, matches = drafted(draft)
    how = [match.how for match in matches]
    numbers = list(dict.fromkeys(match.paper for match in matches if match.paper))[:_SHOWN]
    papers = Paper.objects.in_bulk(numbers)
    missing = [entry for entry, match in zip(entries, matches, strict=True) if not match.paper]
    return Preview(
        name=draft.name,
        form=draft.form,
        counts=(
            (how.count("arxiv"), _("found by arXiv identifier")),
            (how.count("doi"), _("found by DOI")),
            (how.count("title"), _("found by title, authors and year")),
            (how.count(""), _("not here")),
        ),
        found=[line(papers[number]) for number in numbers if number in papers],
        missing=[entry.title or entry.arxiv_id or entry.doi for entry in missing[:_SHOWN]],
        problems=draft.problems[:_SHOWN],
        own_tags=any(entry.tags for entry in entries),
    )


@require_POST
def read(request: Visit) -> HttpResponse:
    """Read what was sent: a file, or what was typed."""
    sent = request.FILES.get("file")
    data = sent.read() if sent else request.POST.get("text", "").encode()
    try:
        draft_import(request.user, sent.name or "" if sent else "", data)
    except InputError as error:
        context = _context(request) | {"typed": request.POST.get("text", ""), "refused": str(error)}
        return render(request, "library_in.html", context, status=400)
    return redirect("library_in")


@require_POST
def bring(request: Visit) -> HttpResponse:
    """Import what was read."""
    draft = import_draft_write(request.user)
    entries, matches = drafted(draft)
    wishes = Wishes(
        tag=request.POST.get("tag", ""),
        like="like" in request.POST,
        own_tags="own_tags" in request.POST,
        keep_unmatched="keep" in request.POST,
    )
    done = import_library(request.user, entries, matches, wishes)
    draft.delete()
    text = _("Imported: %(tagged)d tagged, %(liked)d liked, %(private)d kept as private.") % {
        "tagged": done.tagged,
        "liked": done.liked,
        "private": done.private,
    }
    if left := len(done.left_out):
        text += " " + ngettext(
            "For %(num)d of its tags there was no room.",
            "For %(num)d of its tags there was no room.",
            left,
        ) % {"num": left}
    tell(request, text, done.change)
    return redirect("library_private" if done.private and not done.tagged else "library")


@require_POST
def drop(request: Visit) -> HttpResponse:
    """Forget what was read."""
    import_draft_write(request.user).delete()
    return redirect("library_in")
