"""Why a paper is ranked as it is: its words shaded by their share, and the whole sum."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from bookwheel.access import paper_read, tag_read
from bookwheel.queries.why import Summand, Why
from bookwheel.queries.why import why as explain
from bookwheel.web.lines import title_link
from bookwheel.web.shading import shaded
from bookwheel.web.visit import Visit


@require_safe
@vary_on_headers("HX-Request")
def why(request: Visit, arxiv_id: str) -> HttpResponse:
    """A piece of a card for script, a page of its own without."""
    paper = paper_read(arxiv_id)
    name = request.GET.get("tag")
    tag = tag_read(request.user, name) if name else None
    found = explain(request.user, paper, tag)
    largest = max((abs(share.share) for share in (*found.title, *found.abstract)), default=0.0)
    context = {
        "title": shaded(paper.title, found.title, largest),
        "abstract": shaded(paper.abstract, found.abstract, largest),
        "lines": lines(found),
        "tag": found.tag,
        "score": _signed(found.score),
        "chance": f"{found.chance:.2f}",
        "paper": title_link(paper),
    }
    return render(request, "_sum.html" if request.htmx else "why.html", context)


def lines(found: Why) -> list[tuple[str, str, bool, str, float, bool]]:
    """Kind, label, if it is a word, number, length of the bar (0 to 100), and if it raises."""
    largest = max((abs(each.amount) for each in found.summands), default=0.0) or 1.0
    return [
        (
            _kind(each),
            each.label if each.kind != "others" else "",
            each.kind == "word",
            _signed(each.amount),
            round(100 * abs(each.amount) / largest, 1),
            each.amount > 0,
        )
        for each in found.summands
    ]


def _kind(each: Summand) -> str:
    if each.kind == "others":
        count = int(each.label)
        return ngettext("%(n)d smaller part", "%(n)d smaller parts", count) % {"n": count}
    return {
        "word": _("word"),
        "author": _("author"),
        "category": _("category"),
        "year": _("year"),
        "vector": _("meaning as a whole"),
        "start": _("start: papers in general"),
    }[each.kind]


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")
