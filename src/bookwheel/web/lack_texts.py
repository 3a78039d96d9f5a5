"""Why a list is short or empty, in words, with the next step where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookwheel.arxiv import schedule
from bookwheel.queries.clock import Clock
from bookwheel.queries.feed import Wanted
from bookwheel.queries.lacks import Lack
from bookwheel.web.addresses import day_address
from bookwheel.web.entries import day_name
from bookwheel.web.jinja import url
from bookwheel.web.listing import grouped, papers


@dataclass(frozen=True)
class Note:
    """A sentence or two, and where to go on from there."""

    text: str
    link: str = ""
    href: str = ""


def lack_note(lack: Lack, day: date, wanted: Wanted) -> Note:
    """Say one reason."""
    return _NOTES[lack.code](lack, day, wanted)


def _weekend(_lack: Lack, _day: date, _wanted: Wanted) -> Note:
    return Note(
        _(
            "arXiv announces papers from Sunday to Thursday evening, so no listing bears the date "
            "of a Saturday or a Sunday."
        )
    )


def _holiday(_lack: Lack, _day: date, _wanted: Wanted) -> Note:
    return Note(_("arXiv announced nothing on the evening before: a holiday in New York."))


def _not_yet(_lack: Lack, day: date, _wanted: Wanted) -> Note:
    when = moment(schedule.announced_at(day))
    return Note(_("This listing is announced %(when)s.") % {"when": when})


def _behind(_lack: Lack, _day: date, _wanted: Wanted) -> Note:
    return Note(
        _(
            "arXiv has announced papers for this day, but they are not here yet. Whoever runs "
            "this Bookwheel can load them."
        )
    )


def _missing(_lack: Lack, _day: date, _wanted: Wanted) -> Note:
    return Note(
        _("No papers of this day are here: they were not loaded, or arXiv put the listing off.")
    )


def _few(lack: Lack, _day: date, _wanted: Wanted) -> Note:
    few = ngettext(
        "Only %(n)s paper was announced this day; usually it is about %(usual)s.",
        "Only %(n)s papers were announced this day; usually it is about %(usual)s.",
        lack.count,
    )
    return Note(few % {"n": grouped(lack.count), "usual": grouped(lack.usual)})


def _below_line(lack: Lack, day: date, wanted: Wanted) -> Note:
    said = _("Nothing reaches your line of %(line)s. Of %(papers)s the best scores %(best)s.")
    said %= {
        "line": f"{lack.line:.2f}",
        "papers": papers(lack.count),
        "best": f"{lack.best:.2f}",
    }
    return Note(said, _("Show them"), day_address(day, wanted, show="below"))


def _filtered(_lack: Lack, day: date, wanted: Wanted) -> Note:
    said = _("Nothing was announced in %(category)s this day.") % {"category": wanted.category}
    return Note(said, _("Show all categories"), day_address(day, wanted, category=""))


def _no_source(_lack: Lack, day: date, wanted: Wanted) -> Note:
    said = _("Nothing came from there this day.")
    return Note(said, _("Show all"), day_address(day, wanted, source=""))


def _all_read(_lack: Lack, day: date, wanted: Wanted) -> Note:
    return Note(
        _("You are through with this day."), _("Show it"), day_address(day, wanted, show="")
    )


def _no_tags(_lack: Lack, _day: date, _wanted: Wanted) -> Note:
    said = _("All of the day, as it came. Like or tag a few papers: what is like them comes first.")
    return Note(said, _("How it works"), url("help"))


def _not_indexed(_lack: Lack, _day: date, _wanted: Wanted) -> Note:
    return Note(
        _("What you like is not indexed yet, so nothing can be ranked. Try again in a minute.")
    )


_NOTES: dict[str, Callable[[Lack, date, Wanted], Note]] = {
    "weekend": _weekend,
    "holiday": _holiday,
    "not_yet": _not_yet,
    "behind": _behind,
    "missing": _missing,
    "few": _few,
    "below_line": _below_line,
    "filtered": _filtered,
    "no_source": _no_source,
    "all_read": _all_read,
    "no_tags": _no_tags,
    "not_indexed": _not_indexed,
}


def clock_note(clock: Clock) -> str:
    """How the newest day stands to arXiv's clock."""
    newest = day_name(clock.newest)
    if clock.on_its_way:
        return _("The next papers were just announced and are on their way.")
    if clock.behind:
        behind = ngettext(
            "The newest papers here are of %(day)s. arXiv has announced %(n)s more day since; "
            "whoever runs this Bookwheel can load it.",
            "The newest papers here are of %(day)s. arXiv has announced %(n)s more days since; "
            "whoever runs this Bookwheel can load them.",
            clock.behind,
        )
        return behind % {"day": newest, "n": grouped(clock.behind)}
    return _("The next papers come %(when)s.") % {"when": moment(clock.next_at)}


def moment(when: datetime) -> str:
    """Tuesday 12 May, 02:00, in the reader's time zone."""
    local = timezone.localtime(when)
    return date_format(local, pgettext("date and time format, in a sentence", "l j F, H:i"))
