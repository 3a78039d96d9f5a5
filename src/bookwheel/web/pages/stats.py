"""Statistics: papers per day and by category."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookwheel.core import categories
from bookwheel.queries.statistics import encoded, statistics
from bookwheel.web.choices import Link, changed, read_choices
from bookwheel.web.listing import grouped, papers
from bookwheel.web.plot import bar_name, plot
from bookwheel.web.visit import Visit

_SPANS = (30, 90, 365)
_USUAL = 90
_CATEGORIES = 40


@require_safe
def stats(request: Visit) -> HttpResponse:
    """Show them for the last 90 days, for another span, or for all."""
    whole = request.GET.get("days") == "all"
    days = None if whole else read_choices(request.GET).days or _USUAL
    found = statistics(days)
    shown = found.by_category[:_CATEGORIES]
    most = max((count for _code, count in shown), default=1)
    context = {
        "total": papers(found.total),
        "encoded": _encoded(),
        "spans": _spans(request, days),
        "plot": plot(found.bars) if found.bars else None,
        "bars": [(bar_name(bar), grouped(bar.papers)) for bar in reversed(found.bars)],
        "categories": [
            (code, categories.name(code), grouped(count), round(100 * count / most, 1))
            for code, count in shown
        ],
    }
    return render(request, "stats.html", context)


def _encoded() -> str:
    """How far an index with another encoder is, while one is being made."""
    found = encoded()
    if not found:
        return ""
    done, total = found
    return _(
        "A new index is being made, with another encoder: %(done)s of %(total)s papers are done. "
        "Until then the earlier one answers."
    ) % {"done": grouped(done), "total": grouped(total)}


def _spans(request: Visit, days: int | None) -> list[Link]:
    links = [
        Link(
            ngettext("%(n)d day", "%(n)d days", span) % {"n": span},
            changed(request, days=span),
            span == days,
        )
        for span in _SPANS
    ]
    return [*links, Link(_("all"), changed(request, days="all"), days is None)]
