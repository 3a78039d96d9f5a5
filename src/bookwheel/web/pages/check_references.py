"""Checking a bibliography: what is right, what is wrong, and the entries as they should be."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookwheel.content.mended import mended
from bookwheel.content.references.listed import read_bibliography
from bookwheel.content.references.read import decoded
from bookwheel.content.references.reference import Problem
from bookwheel.queries.checked import Checked, Difference, Note, Verdict, check
from bookwheel.web.lines import Line, line
from bookwheel.web.visit import Visit

MOST = 300  # entries of one page: each may take a hundredth of a second
_SHOWN = 200  # letters of an entry that says no title
_LONGEST = 4_000_000  # letters that are read

_FIELDS = {
    "arxiv": gettext_lazy("arXiv identifier"),
    "title": gettext_lazy("Title"),
    "authors": gettext_lazy("Authors"),
    "year": gettext_lazy("Year"),
    "doi": gettext_lazy("DOI"),
}
_NOTES = {
    Note.NEWER: gettext_lazy("An older version is cited."),
    Note.PUBLISHED: gettext_lazy("It was published since."),
    Note.WITHDRAWN: gettext_lazy("It was withdrawn."),
    Note.REMOVED: gettext_lazy("arXiv took it away."),
}


@dataclass(frozen=True)
class Row:
    """One entry on the page."""

    name: str
    line: int
    verdict: str
    paper: Line | None
    meant: Line | None
    differences: list[tuple[str, Difference]]
    notes: list[str]


@dataclass(frozen=True)
class Report:
    """A bibliography that was checked; `right` are the names of entries in which all agrees."""

    total: int
    wrong: list[Row]
    noted: list[Row]
    right: list[Row]
    unknown: list[Row]
    problems: tuple[Problem, ...]
    mended: str


@require_http_methods(["GET", "HEAD", "POST"])
def check_references(request: Visit) -> HttpResponse:
    """Ask for a bibliography; show what is wrong with the one that was sent. Keeps nothing."""
    sent = request.FILES.get("file")
    text = decoded(sent.read()) if sent else request.POST.get("text", "")
    report = _report(text[:_LONGEST]) if text.strip() else None
    context = {
        "heading": _("Check references"),
        "text": "" if sent else text,
        "report": report,
        "most": MOST,
    }
    return render(request, "check_references.html", context)


def _report(text: str) -> Report:
    read = read_bibliography(text)
    found = list(check(read.entries[:MOST]))
    wrong = [one for one in found if one.verdict in (Verdict.DIFFERS, Verdict.OTHER)]
    right = [one for one in found if one.verdict is Verdict.RIGHT]
    unknown = [one for one in found if one.verdict is Verdict.UNKNOWN]
    return Report(
        total=len(read.entries),
        wrong=[_row(one) for one in wrong],
        noted=[_row(one) for one in right if one.notes],
        right=[_row(one) for one in right if not one.notes],
        unknown=[_row(one) for one in unknown],
        problems=read.problems,
        mended="\n\n".join(filter(None, map(_mended, found))),
    )


def _row(one: Checked) -> Row:
    entry = one.entry
    return Row(
        name=entry.title or entry.source[:_SHOWN] or entry.arxiv_id or entry.doi,
        line=entry.line,
        verdict=one.verdict.value,
        paper=line(one.paper) if one.paper else None,
        meant=line(one.meant) if one.meant else None,
        differences=[(str(_FIELDS[each.field]), each) for each in one.differences],
        notes=[str(_NOTES[note]) for note in one.notes],
    )


def _mended(one: Checked) -> str:
    paper = one.meant if one.verdict is Verdict.OTHER else one.paper
    wrong = {difference.field for difference in one.differences}
    return mended(one.entry, paper, wrong | ({"arxiv", "doi"} if one.meant else set()))
