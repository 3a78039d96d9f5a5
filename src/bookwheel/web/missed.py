"""What came since a reader was last here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookwheel.models import LastVisit
from bookwheel.queries.announced import counts, days_since
from bookwheel.queries.engine import engine
from bookwheel.web.addresses import day_address
from bookwheel.web.choices import Link
from bookwheel.web.day import short_day
from bookwheel.web.jinja import url
from bookwheel.web.lack_texts import moment
from bookwheel.web.listing import papers

NAMED = 3  # days that are named one by one; more are an absence, to be caught up with
STALE = timedelta(days=2)  # away for so long without anything new, it is said that there is nothing


@dataclass(frozen=True)
class Missed:
    """What is said about it, and links: to each day, or to the best of all."""

    text: str
    days: list[Link]
    catch_up: str


def missed(visit: LastVisit | None, newest: date) -> Missed | None:
    """What came between the visit before and this one; None when there is nothing to say."""
    if visit is None or visit.seen_before is None or visit.newest_before is None:
        return None
    when = moment(visit.seen_before)
    since = visit.newest_before
    if since >= newest:
        quiet = timezone.now() - visit.seen_before >= STALE
        text = _("Nothing new since you were last here, %(when)s.") % {"when": when}
        return Missed(text, [], "") if quiet else None
    days = days_since(engine(), since)
    said = ngettext(
        "Since you were last here, %(when)s: %(n)s day, %(papers)s.",
        "Since you were last here, %(when)s: %(n)s days, %(papers)s.",
        len(days),
    )
    text = said % {"when": when, "n": len(days), "papers": papers(sum(counts(engine(), days)))}
    if len(days) <= NAMED:
        links = [Link(short_day(day), day_address(day)) for day in days] if len(days) > 1 else []
        return Missed(text, links, "")
    return Missed(text, [], url("catch_up", since.isoformat()))
