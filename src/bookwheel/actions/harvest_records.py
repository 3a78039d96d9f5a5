"""Harvest records: read the list of what changed, page by page, and store it.

Can be stopped or killed anywhere and run again: a page is stored before its token is kept, and
storing a page twice changes nothing. A token that expired costs reading some pages again. How far a
list is known to be complete is told by the datestamps on it and by no clock, neither ours nor the
server's.
Leaves out: when this is done (`work.py`) and the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bookwheel.actions.delete_papers import delete_papers
from bookwheel.actions.explain_disk import explained
from bookwheel.actions.report_bad_records import Report
from bookwheel.actions.store_early import join_early
from bookwheel.actions.store_papers import row_of, store_papers
from bookwheel.arxiv import oai
from bookwheel.arxiv.client import Client
from bookwheel.arxiv.lines import Problem
from bookwheel.arxiv.oai import Page
from bookwheel.arxiv.selection import Selection
from bookwheel.arxiv.sets import parts
from bookwheel.arxiv.xml import MEDIA_TYPES
from bookwheel.config import config
from bookwheel.errors import AbsentError, NotNowError, OfflineError, SourceError
from bookwheel.models import Source, Stretch

OVERLAP = timedelta(days=1)  # read again: a day's list may have grown after it was read
TRIES = 8  # for one page, before the job is given up until its next turn
LONG = 100_000  # records of a list that may take longer than its token lives
PATIENCE = 900.0  # seconds that a page waits for a server that wants rest
_UNKNOWN = 0  # fingerprint of a record that did not come from a line


@dataclass
class Harvested:
    """How many records became what."""

    new: int = 0
    changed: int = 0
    same: int = 0
    deleted: int = 0
    unwanted: int = 0
    bad: int = 0
    pages: int = 0
    total: int | None = None  # records of the list, where the server says so
    report: Path | None = None
    stopped: bool = False

    @property
    def records(self) -> int:
        """All of them."""
        return self.new + self.changed + self.same + self.deleted + self.unwanted + self.bad


@dataclass
class _Harvest:
    client: Client
    source: Source
    progress: Callable[[Harvested], None]
    stop: Callable[[], bool]
    result: Harvested = field(default_factory=Harvested)
    report: Report = field(default_factory=lambda: Report("harvest"))


def harvest_records(
    client: Client,
    source: Source,
    *,
    progress: Callable[[Harvested], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Harvested:
    """Bring everything that the source wants up to date; `stop` is asked after each page.

    Raises:
        NotNowError: the server wants more rest than a job should wait.
        SourceError: it gave nothing usable, several times over. What came before is stored.
        DataFolderError: the data folder cannot be written.
    """
    job = _Harvest(client, source, progress, stop)
    for part in parts(source.categories.split()):
        with explained():
            stretch, _ = Stretch.objects.get_or_create(source=source.name, part=part)
        while not job.result.stopped:
            if _next_page(job, stretch):
                break
            job.result.stopped = stop()
    return job.result


def _next_page(job: _Harvest, stretch: Stretch) -> bool:
    """Read one page of a list and store it; true when it was the last."""
    if not stretch.token:
        _begin(stretch, job.source.since)
    try:
        page = _fetch(job, stretch)
    except oai.ExpiredError:
        _begin_again(stretch)
        return False
    with explained():
        _store(job, page)
        done = _note(stretch, page)
    job.progress(job.result)
    return done


def _begin(stretch: Stretch, since: date) -> None:
    stretch.started = max(since, stretch.complete - OVERLAP) if stretch.complete else since
    stretch.reached, stretch.ordered, stretch.received = None, True, 0


def _begin_again(stretch: Stretch) -> None:
    """After a token expired: read the list again from its beginning.

    A very long one would expire before its end each time. It goes on from the day that it had
    reached, if its days only grew: then that it skipped something is not to be expected.
    """
    if stretch.ordered and stretch.reached and stretch.received > LONG:
        stretch.complete = max(filter(None, (stretch.complete, stretch.reached)))
    stretch.token = ""
    with explained():
        stretch.save()


def _fetch(job: _Harvest, stretch: Stretch) -> Page:
    """Ask until there is a whole page; the client makes us wait ever longer."""
    address = oai.list_address(
        config().arxiv_oai, since=stretch.started, part=stretch.part, token=stretch.token
    )
    for left in reversed(range(TRIES)):
        try:
            answer = job.client.get(address, accept=MEDIA_TYPES, patience=PATIENCE, defer=True)
            return _read(job.client, answer.body, stretch.token)
        except (OfflineError, NotNowError, AbsentError, oai.ExpiredError):
            raise
        except SourceError:
            if not left or job.stop():
                raise
    raise AssertionError("the last try returns or raises")


def _read(client: Client, body: bytes, token: str) -> Page:
    try:
        page = oai.read(body)
    except oai.ExpiredError:
        raise
    except SourceError as error:
        raise client.unusable(str(error)) from error
    if page.token and page.token == token:
        raise client.unusable("the list goes on where it is")
    return page


def _store(job: _Harvest, page: Page) -> None:
    chosen, result = Selection(tuple(job.source.categories.split())), job.result
    papers = [one.paper for one in page.records if one.paper]
    wanted = [paper for paper in papers if chosen.takes(paper)]
    if wanted:
        stored = store_papers([row_of(paper, _UNKNOWN) for paper in wanted])
        result.new += stored.new
        result.changed += stored.changed
        result.same += stored.same
        join_early(paper.arxiv_id for paper in wanted)
    gone = {one.arxiv_id: one.datestamp for one in page.records if one.paper is None}
    if gone:
        delete_papers(gone)
    result.deleted += len(gone)
    result.unwanted += len(papers) - len(wanted)
    _report(job, page.problems)
    result.pages += 1
    result.total = page.total or result.total


def _report(job: _Harvest, problems: Iterable[Problem]) -> None:
    told = list(problems)
    job.report.add(job.source.name, told)
    job.result.bad += len(told)
    job.result.report = job.report.path


def _note(stretch: Stretch, page: Page) -> bool:
    """Keep how far the list has come; true at its end."""
    latest = datetime.now(UTC).date() + OVERLAP
    days = [one.datestamp for one in page.records if one.datestamp <= latest]
    before = stretch.reached or date.min
    stretch.ordered = (
        stretch.ordered and days == sorted(days) and min(days, default=before) >= before
    )
    stretch.reached = max([before, *days]) if days or stretch.reached else None
    stretch.received += len(page.records) + len(page.problems)
    stretch.total, stretch.token = page.total, page.token
    if not page.token:
        stretch.complete = max(
            filter(None, (stretch.complete, stretch.reached)), default=stretch.complete
        )
    stretch.save()
    return not page.token
