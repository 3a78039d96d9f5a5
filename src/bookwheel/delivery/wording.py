"""Sentences of mails about days, counts and what is missing."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookwheel.queries.clock import Clock
from bookwheel.queries.lacks import Lack


def day_name(day: date) -> str:
    """Thursday 12 November."""
    return date_format(day, pgettext("date format of a heading this year", "l j F"))


def papers_of(count: int) -> str:
    """1,234 papers."""
    said = ngettext("%(n)s paper", "%(n)s papers", count)
    return said % {"n": number_format(count, force_grouping=True)}


def lack_sentence(lack: Lack) -> str:
    """Why so few papers, or none."""
    if lack.code == "below_line":
        said = _("Nothing reaches your line of %(line)s. Of %(papers)s the best scores %(best)s.")
        line, best = f"{lack.line:.2f}", f"{lack.best:.2f}"
        return said % {"line": line, "papers": papers_of(lack.count), "best": best}
    if lack.code == "few":
        few = ngettext(
            "Only %(n)s paper was announced this day; usually it is about %(usual)s.",
            "Only %(n)s papers were announced this day; usually it is about %(usual)s.",
            lack.count,
        )
        return few % {"n": lack.count, "usual": lack.usual}
    return {
        "all_read": _("You are through with this day."),
        "no_tags": _("Like or tag a few papers, and what is like them comes first."),
        "not_indexed": _("What you like is not indexed yet, so nothing can be ranked."),
    }.get(lack.code, "")


def holiday() -> str:
    """Why there is no listing on a weekday."""
    return _("arXiv announced nothing on the evening before: a holiday in New York.")


def late(clock: Clock) -> list[str]:
    """What is said when papers that arXiv has announced are not here; nothing when all are."""
    if not clock.behind:
        return []
    if clock.on_its_way:
        return [_("The next papers were just announced and are on their way.")]
    behind = ngettext(
        "The harvest is behind: the newest papers here are of %(day)s, and arXiv has announced "
        "%(n)d more listing since. What is missing comes with a later digest.",
        "The harvest is behind: the newest papers here are of %(day)s, and arXiv has announced "
        "%(n)d more listings since. What is missing comes with a later digest.",
        clock.behind,
    )
    return [behind % {"day": day_name(clock.newest), "n": clock.behind}]


def moment(when: datetime) -> str:
    """Tuesday 12 May, 02:00, local."""
    local = timezone.localtime(when)
    return date_format(local, pgettext("date and time format, in a sentence", "l j F, H:i"))
