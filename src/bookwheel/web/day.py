"""One day of the feed, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookwheel.arxiv import schedule
from bookwheel.queries.feed import DayFeed, Part, Source, Wanted
from bookwheel.web.addresses import day_address
from bookwheel.web.choices import Link
from bookwheel.web.entries import Entry, day_name, entries, why_tag
from bookwheel.web.lack_texts import Note, lack_note
from bookwheel.web.listing import Pager, grouped, papers, place_among
from bookwheel.web.visit import Visit

IN_LINE = 4  # sources that have room beside the filters


@dataclass(frozen=True)
class SourceLink:
    """A link to what comes from one source, with the colour of a tag's dot."""

    link: Link
    count: str
    colour: int | None


@dataclass(frozen=True)
class Group:
    """One section: its heading, cards and what leads on."""

    heading: str
    note: str
    entries: list[Entry]
    pager: Pager | None
    more: Link | None


@dataclass(frozen=True)
class Day:
    """All that a day's page shows."""

    iso: str
    name: str
    counts: str
    read: str
    said: str  # the same, for the script to put its number in
    done: int
    mine: int
    ranked: bool
    counted: bool  # whether what is done on this page is progress
    before: Link | None
    after: Link | None
    sources: list[SourceLink]
    more_sources: list[SourceLink]  # too many for the line
    earlier: list[tuple[Link, str, bool]]  # days before, how many papers, whether they are read
    shows: list[Link]
    groups: list[Group]
    explored: Group | None
    below: Link | None
    notes: list[Note]
    category: str
    whole: str  # the day in all categories
    hidden: list[tuple[str, str]]  # what the category's form carries along


def day_of_feed(request: Visit, feed: DayFeed, wanted: Wanted) -> Day:
    """Prepare a day."""
    alone = len(feed.parts) == 1
    sources = [_source(each, feed.day, wanted) for each in feed.sources]
    few = len(sources) <= IN_LINE
    return Day(
        iso=feed.day.isoformat(),
        name=day_name(feed.day),
        counts=_counts(feed),
        read=_read(feed.done, feed.mine),
        said=_read("{}", feed.mine),
        done=feed.done,
        mine=feed.mine,
        ranked=feed.ranked,
        counted=wanted.show != "below",
        before=_neighbour(feed.before),
        after=_neighbour(feed.after),
        sources=[each for each in sources if few or each.link.current],
        more_sources=[] if few else sources,
        earlier=[
            (Link(day_name(each.day), day_address(each.day)), papers(each.papers), each.read)
            for each in feed.earlier
        ],
        shows=_shows(feed, wanted) if feed.ranked else [],
        groups=[_group(request, part, feed, wanted, alone=alone) for part in feed.parts],
        explored=_explored(request, feed),
        below=_below(feed, wanted),
        notes=[lack_note(lack, feed.day, wanted) for lack in feed.lacks],
        category=wanted.category,
        whole=day_address(feed.day, wanted, category=""),
        hidden=[("from", wanted.source)] if wanted.source else [],
    )


def _read(done: int | str, mine: int) -> str:
    return _("%(done)s of %(mine)s done") % {"done": done, "mine": mine}


def _counts(feed: DayFeed) -> str:
    announced = _("%(n)s announced") % {"n": grouped(feed.announced)}
    if feed.announced and schedule.is_listing(feed.day):
        local = timezone.localtime(schedule.announced_at(feed.day))
        when = date_format(local, pgettext("weekday and time", "l, H:i"))
        said = _("%(n)s announced %(when)s")
        announced = said % {"n": grouped(feed.announced), "when": when}
    if not feed.ranked:
        return announced
    return f"{announced} · " + _("%(n)s for you") % {"n": grouped(feed.mine)}


def _neighbour(day: date | None) -> Link | None:
    return Link(short_day(day), day_address(day)) if day else None


def short_day(day: date) -> str:
    """Tue 12 May."""
    return date_format(day, pgettext("short date with weekday", "D j M"))


def _source(each: Source, day: date, wanted: Wanted) -> SourceLink:
    current = wanted.source == each.key
    name = each.tag.name if each.tag else _source_names()[each.key]
    href = day_address(day, wanted, source="" if current else each.key, show="")
    colour = each.tag.colour if each.tag else None
    return SourceLink(Link(name, href, current), grouped(each.count), colour)


def _source_names() -> dict[str, str]:
    return {"likes": _("likes"), "authors": _("authors"), "searches": _("searches")}


def _shows(feed: DayFeed, wanted: Wanted) -> list[Link]:
    named = [("", _("all")), ("unread", _("not done"))]
    return [
        Link(text, day_address(feed.day, wanted, show=show), wanted.show == show)
        for show, text in named
    ]


def _group(request: Visit, part: Part, feed: DayFeed, wanted: Wanted, *, alone: bool) -> Group:
    listing = part.listing
    short = part.section != "new" and not wanted.section
    more = None
    if short and listing.total > len(listing.cards):
        text = _("All %(n)s") % {"n": grouped(listing.total)}
        more = Link(text, day_address(feed.day, wanted, section=part.section))
    heading = "" if alone and part.section == "new" else section_names()[part.section]
    return Group(
        heading=heading,
        note=_of(part) if feed.ranked else grouped(part.announced),
        entries=entries(request, listing, why_tag),
        pager=None if short else _pager(part, feed, wanted),
        more=more,
    )


def _explored(request: Visit, feed: DayFeed) -> Group | None:
    if feed.explored is None:
        return None
    return Group(
        heading=_("To explore"),
        note=_("below your line and unlike the rest; what you like of it teaches your tags most"),
        entries=entries(request, feed.explored, why_tag),
        pager=None,
        more=None,
    )


def section_names() -> dict[str, str]:
    """The sections, as arXiv has them."""
    return {"new": _("New"), "cross": _("Cross-lists"), "replace": _("Replacements")}


def _of(part: Part) -> str:
    return _("%(mine)s of %(announced)s") % {
        "mine": grouped(part.mine),
        "announced": grouped(part.announced),
    }


def _pager(part: Part, feed: DayFeed, wanted: Wanted) -> Pager:
    page, pages, total = part.listing.page, part.listing.pages, part.listing.total

    def leads(number: int) -> str:
        return day_address(feed.day, wanted, section=part.section, page=number)

    return Pager(
        page=page,
        pages=pages,
        total=total,
        first=leads(1),
        text=" · ".join([place_among(page, pages), papers(total)]),
        previous=leads(page - 1) if page > 1 else "",
        next=leads(page + 1) if page < pages else "",
    )


def _below(feed: DayFeed, wanted: Wanted) -> Link | None:
    if wanted.show == "below":
        text = _("Back to what is above your line of %(line)s") % {"line": f"{feed.line:.2f}"}
        return Link(text, day_address(feed.day, wanted, show="", section=""))
    if not feed.below or not feed.mine:  # with nothing above, a note leads there
        return None
    text = ngettext(
        "%(n)s more paper below your line of %(line)s",
        "%(n)s more papers below your line of %(line)s",
        feed.below,
    )
    text %= {"n": grouped(feed.below), "line": f"{feed.line:.2f}"}
    return Link(text, day_address(feed.day, wanted, show="below", source=""))
