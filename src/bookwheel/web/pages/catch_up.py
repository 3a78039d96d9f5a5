"""Catch up: the best of the days that were missed."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.queries.announced import days_since
from bookwheel.queries.catch_up import BEST, catch_up
from bookwheel.queries.engine import engine
from bookwheel.queries.feed import newest_day
from bookwheel.web.addresses import day_address, read_day
from bookwheel.web.answers import tell
from bookwheel.web.choices import Link, read_choices
from bookwheel.web.day import short_day
from bookwheel.web.entries import day_name, entries, why_tag
from bookwheel.web.listing import grouped, pager, papers
from bookwheel.web.posted import posted
from bookwheel.web.visit import Visit


@require_safe
def catching_up(request: Visit, since: str) -> HttpResponse:
    """Show the best of the days after one, and the way to each of these."""
    if newest_day() is None:
        return redirect("for_you")
    found = catch_up(request.user, read_day(since), page=read_choices(request.GET).page)
    context = {
        "heading": _("Catch up"),
        "lead": _lead(found.days, found.announced, found.mine) if found.days else "",
        "days": [Link(short_day(day), day_address(day)) for day in reversed(found.days)],
        "since": since,
        "until": found.days[-1].isoformat() if found.days else "",
        "entries": entries(request, found.listing, why_tag),
        "pager": pager(request, found.listing),
    }
    return render(request, "catch_up.html", context)


def _lead(days: tuple[date, ...], announced: int, mine: int) -> str:
    said = _("%(papers)s from %(first)s to %(last)s") % {
        "papers": papers(announced),
        "first": day_name(days[0]),
        "last": day_name(days[-1]),
    }
    if mine > BEST:
        best = _("the best %(best)s of %(mine)s for you")
        return f"{said} · {best % {'best': BEST, 'mine': grouped(mine)}}"
    return f"{said} · " + _("%(n)s for you") % {"n": grouped(mine)}


@require_POST
def caught_up(request: Visit) -> HttpResponse:
    """Mark all days after one and until another read."""
    since, until = read_day(posted(request, "since")), read_day(posted(request, "until"))
    days = [day for day in days_since(engine(), since) if day <= until]
    change = mark_days_read(request.user, days)
    tell(request, _("All of these days are marked read."), change)
    return redirect("for_you")
