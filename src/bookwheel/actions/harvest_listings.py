"""Harvest a day's announcements: ask arXiv's feeds what was listed, and as what, and store it.

New papers are stored as far as a feed tells about them; their records say the rest later.
Leaves out: when this is done (`work.py`) and the index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bookwheel.actions.explain_disk import explained
from bookwheel.actions.harvest_records import PATIENCE, TRIES
from bookwheel.actions.report_bad_records import Report
from bookwheel.actions.store_early import store_with_early
from bookwheel.actions.store_papers import row_of, store_papers
from bookwheel.arxiv import rss
from bookwheel.arxiv.announced import Announced
from bookwheel.arxiv.client import Client, Known
from bookwheel.arxiv.rss import Listing
from bookwheel.arxiv.selection import Selection
from bookwheel.arxiv.xml import MEDIA_TYPES
from bookwheel.config import config
from bookwheel.core import categories
from bookwheel.core.papers import Paper as CorePaper
from bookwheel.errors import NotNowError, OfflineError, SourceError
from bookwheel.models import Feed, Paper, Source

_UNKNOWN = 0  # fingerprint of a record that did not come from a line


@dataclass
class Listed:
    """What the feeds held."""

    day: date | None = None  # the latest listing among them
    new: int = 0  # papers that were not here
    announcements: int = 0  # that were not known
    bad: int = 0
    unchanged: int = 0  # feeds that are as they were
    stopped: bool = False


def harvest_listings(
    client: Client,
    source: Source,
    *,
    progress: Callable[[Listed], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Listed:
    """Read all feeds that the source wants.

    Raises:
        NotNowError: the server wants more rest than a job should wait.
        SourceError: a feed gave nothing usable, several times over.
        DataFolderError: the data folder cannot be written.
    """
    chosen = tuple(source.categories.split())
    result, report = Listed(), Report("listings")
    waiting = list(rss.feeds(chosen))
    while waiting and not result.stopped:
        together = waiting.pop(0)
        address = rss.address(config().arxiv_rss, together)
        feed = Feed.objects.filter(address=address).first() or Feed(address=address)
        if listing := _listing(client, feed):
            if _is_full(listing):
                waiting += _parts(together)
            with explained():
                _store(listing, Selection(chosen), result)
                report.add(address, listing.problems)
                feed.save()  # last, so that what was not stored is asked for again
        else:
            result.unchanged += 1
        result.day = max(filter(None, (result.day, feed.day)), default=None)
        progress(result)
        result.stopped = stop()
    return result


def _listing(client: Client, feed: Feed) -> Listing | None:
    """What a feed holds, noted in `feed`; None when it is as it was."""
    known = Known(feed.etag, feed.modified)
    for left in reversed(range(TRIES)):
        try:
            answer = client.get(
                feed.address, accept=MEDIA_TYPES, known=known, patience=PATIENCE, defer=True
            )
            if answer.unchanged:
                return None
            listing = _read(client, answer.body)
        except (OfflineError, NotNowError):
            raise
        except SourceError:
            if not left:
                raise
        else:
            feed.etag, feed.modified = answer.known.etag, answer.known.modified
            feed.day = listing.day
            return listing
    raise AssertionError("the last try returns or raises")


def _read(client: Client, body: bytes) -> Listing:
    try:
        return rss.read(body)
    except SourceError as error:
        raise client.unusable(str(error)) from error


def _is_full(listing: Listing) -> bool:
    return len(listing.announced) + len(listing.problems) >= rss.MOST


def _parts(together: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What to ask for instead, in two feeds; a single category is all that can be had."""
    if len(together) == 1:
        inside = categories.in_archive(together[0])
        together = tuple(one.code for one in inside if one.code != together[0])
    middle = len(together) // 2
    return [part for part in (together[:middle], together[middle:]) if part]


def _store(listing: Listing, chosen: Selection, result: Listed) -> None:
    fresh = _not_here([paper for paper in listing.papers if chosen.takes(paper)])
    if fresh:
        result.new += store_papers([row_of(paper, _UNKNOWN) for paper in fresh]).new
    result.announcements += store_with_early(_new_first(listing.announced)).stored
    result.bad += len(listing.problems)


def _not_here(papers: list[CorePaper]) -> list[CorePaper]:
    """A record says more than a feed, so what is here stays."""
    names = [paper.arxiv_id for paper in papers]
    here = set(Paper.objects.filter(arxiv_id__in=names).values_list("arxiv_id", flat=True))
    return [paper for paper in papers if paper.arxiv_id not in here]


def _new_first(told: list[Announced]) -> list[Announced]:
    return sorted(told, key=lambda one: one.kind != "new")
