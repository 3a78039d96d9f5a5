"""arXiv's feeds of announcements (rss.arxiv.org): which papers a day's listing has, and as what.

The feed of an archive holds at most `MOST` papers. Leaves out: asking (`client.py`), storing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from email.utils import parsedate_to_datetime

from bookwheel.arxiv import schedule
from bookwheel.arxiv.announced import KINDS, Announced
from bookwheel.arxiv.lines import Problem, problem
from bookwheel.arxiv.oai import PREFIX
from bookwheel.arxiv.records import paper_from
from bookwheel.arxiv.xml import Element, elements
from bookwheel.core.identifiers import ArxivId
from bookwheel.core.papers import Paper
from bookwheel.errors import PaperError, SourceError

MOST = 2000
# All of arXiv in feeds that stay below that on a usual day; a fuller one is asked for in parts.
ALL = (
    ("cs",),
    ("stat", "eess", "econ", "q-bio", "q-fin"),
    ("math",),
    ("astro-ph", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "nucl-ex", "nucl-th"),
    ("cond-mat", "math-ph", "nlin", "physics", "quant-ph"),
)
_TOGETHER = 20  # categories that are asked for in one feed


@dataclass
class Listing:
    """One feed: the papers announced on one day."""

    day: date | None = None  # None on days without an announcement
    announced: list[Announced] = field(default_factory=list)
    # As far as the feed tells; only papers announced for the first time, in their first version.
    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def feeds(categories: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Which categories and archives to ask for together; nothing chosen means all."""
    chosen = tuple(categories)
    if not chosen:
        return ALL
    return tuple(chosen[at : at + _TOGETHER] for at in range(0, len(chosen), _TOGETHER))


def address(base: str, together: Iterable[str]) -> str:
    """Where the feed of some categories is."""
    return f"{base}/{'+'.join(together)}"


def read(body: bytes) -> Listing:
    """Read a feed.

    Raises:
        SourceError: it is none, or damaged.
    """
    listing, whole = Listing(), False
    days: list[date] = []
    for element in elements(body, "item", "lastBuildDate", "pubDate", "docs"):
        whole = True
        if element.name == "item":
            _add(listing, element, len(listing.announced) + len(listing.problems))
        elif element.name == "pubDate":
            days.append(_day(element.text))
    if not whole:
        raise SourceError("the answer is XML, but no feed")
    listing.day = max((one.day for one in listing.announced), default=None) or max(
        days, default=None
    )
    return listing


def _day(text: str) -> date:
    try:
        told = parsedate_to_datetime(text.strip())
    except ValueError as error:
        raise SourceError(f"the feed's day cannot be read: {text[:40]}") from error
    at = told if told.tzinfo else told.replace(tzinfo=UTC)
    return at.astimezone(schedule.ZONE).date()  # feeds are dated at midnight in New York


def _add(listing: Listing, item: Element, place: int) -> None:
    stated = item.told("guid").strip()
    try:
        identifier = ArxivId.parse(stated.removeprefix(PREFIX))
        kind = item.told("announce_type").strip()
        if kind not in KINDS:
            raise PaperError(f"“{kind[:20]}” is no kind of announcement")
        day = _day(item.told("pubDate"))
        one = Announced(identifier.base, day, kind)
        if kind == KINDS[0] and (identifier.version or 1) == 1:
            listing.papers.append(_paper(item, identifier.base, day))
        listing.announced.append(one)
    except (PaperError, SourceError) as error:
        listing.problems.append(problem(place, str(error), stated.encode()))


def _paper(item: Element, arxiv_id: str, day: date) -> Paper:
    """Its time is the last at which it can have been submitted: the record will bring an earlier.

    So the first date, which never moves later, comes out right in the end.
    """
    _, closed = schedule.window(day)
    created = (closed - timedelta(seconds=1)).replace(tzinfo=None).isoformat()
    _, _, abstract = item.told("description").partition("Abstract:")
    return paper_from(
        {
            "id": arxiv_id,
            "title": item.told("title"),
            "abstract": abstract,
            "authors": item.told("creator"),
            "categories": " ".join(one.text.strip() for one in item.all("category")),
            "license": item.told("rights"),
            "doi": item.told("DOI"),
            "journal-ref": item.told("journal_reference"),
            "versions": [{"version": "v1", "created": f"{created}Z"}],
        }
    )
