"""Harvest bioRxiv or medRxiv: read what was posted, some days at a time, and store it.

Can be stopped or killed anywhere and run again: a page is stored before its place is kept, and
storing a page twice changes nothing. A list is asked for by days; one of days that are over does
not change any more. A preprint of which the list has a later version first is asked for by itself,
so that its first day is known.
Leaves out: when this is done (`work.py`) and the index.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from bookwheel.actions.explain_disk import explained
from bookwheel.actions.harvest_records import PATIENCE, TRIES, Harvested
from bookwheel.actions.report_bad_records import Report
from bookwheel.actions.store_preprints import known_versions, store_preprints
from bookwheel.arxiv.client import Client
from bookwheel.arxiv.selection import Selection
from bookwheel.biorxiv import api
from bookwheel.biorxiv.api import Page
from bookwheel.config import config
from bookwheel.core.papers import Paper
from bookwheel.core.rxiv_ids import RxivId
from bookwheel.errors import AbsentError, NotNowError, OfflineError, SourceError
from bookwheel.models import Source, Stretch

SPAN = timedelta(days=6)  # added to the first day of a list
OVERLAP = timedelta(days=2)  # read again: what is posted late in a day may be listed later


_T = TypeVar("_T")


class PreprintHarvest:
    """One run over one server's lists."""

    def __init__(
        self,
        client: Client,
        source: Source,
        today: date,
        *,
        progress: Callable[[Harvested], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.result = Harvested()
        self._client = client
        self._source = source
        self._today = today
        self._progress = progress
        self._stop = stop
        self._report = Report(source.name)
        self._chosen = Selection(tuple(source.categories.split()))

    def run(self) -> Harvested:
        """Bring everything that the source wants up to date; `stop` is asked after each page.

        Raises:
            NotNowError: the server wants more rest than a job should wait.
            SourceError: it gave nothing usable, several times over. What came before is stored.
            DataFolderError: the data folder cannot be written.
        """
        with explained():
            stretch, _ = Stretch.objects.get_or_create(source=self._source.name, part="")
        first = stretch.started if stretch.token else self._start(stretch)
        while first and first <= self._today and not self.result.stopped:
            last = min(first + SPAN, self._today)
            self._list(stretch, first, last)
            first = last + timedelta(days=1)
        return self.result

    def _start(self, stretch: Stretch) -> date:
        since = self._source.since
        return max(since, stretch.complete - OVERLAP) if stretch.complete else since

    def _list(self, stretch: Stretch, first: date, last: date) -> None:
        """Read one list to its end, from the place that is kept if it was begun."""
        begun = stretch.started == first and stretch.reached == last and stretch.token
        cursor = int(stretch.token) if begun else 0
        while not self.result.stopped:
            page = self._page(first, last, cursor)
            self._store(page)
            stretch.started, stretch.reached = first, last
            stretch.token, stretch.total = str(page.following or ""), page.total
            if not page.following:
                stretch.complete = max(filter(None, (stretch.complete, last)))
            with explained():
                stretch.save()
            self._progress(self.result)
            self.result.stopped = self._stop()
            if not page.following:
                return
            cursor = page.following

    def _page(self, first: date, last: date, cursor: int) -> Page:
        server = self._source.name
        address = api.list_address(config().biorxiv_api, server, first, last, cursor)

        def read(body: bytes) -> Page:
            page = api.read(body, server)
            if page.papers and page.cursor != cursor:
                raise SourceError("The server gave another part of the list than asked for.")
            if cursor and not (page.papers or page.problems):
                return Page(total=cursor, cursor=cursor)  # the list became shorter: it is over
            return page

        return self._ask(address, read)

    def _ask(self, address: str, read: Callable[[bytes], _T]) -> _T:
        """Ask until there is a whole answer; the client makes us wait ever longer."""
        for left in reversed(range(TRIES)):
            try:
                answer = self._client.get(
                    address, accept=api.MEDIA_TYPES, patience=PATIENCE, defer=True
                )
                return self._read(answer.body, read)
            except (OfflineError, NotNowError, AbsentError):
                raise
            except SourceError:
                if not left or self._stop():
                    raise
        raise AssertionError("the last try returns or raises")

    def _read(self, body: bytes, read: Callable[[bytes], _T]) -> _T:
        try:
            return read(body)
        except AbsentError:
            raise
        except SourceError as error:
            raise self._client.unusable(str(error)) from error

    def _store(self, page: Page) -> None:
        wanted = [paper for paper in page.papers if self._chosen.takes(paper)]
        whole = [version for paper in wanted for version in self._with_earlier(wanted, paper)]
        with explained():
            stored = store_preprints(whole)
            self._report.add(self._source.name, page.problems)
        result = self.result
        result.new += stored.new
        result.changed += stored.changed
        result.same += max(len(wanted) - stored.new - stored.changed, 0)
        result.unwanted += len(page.papers) - len(wanted)
        result.bad += len(page.problems)
        result.report = self._report.path
        result.pages += 1
        result.total = page.total

    def _with_earlier(self, page: list[Paper], paper: Paper) -> list[Paper]:
        """A version, and the earlier ones if they are neither here nor on the page."""
        number = paper.versions[0].number
        known = known_versions(paper.arxiv_id)
        there = {one.versions[0].number for one in page if one.arxiv_id == paper.arxiv_id}
        if number in known or known | there >= set(range(1, number)):
            return [paper]
        server = self._source.name
        identifier = RxivId.parse(paper.arxiv_id)
        address = api.paper_address(config().biorxiv_api, server, identifier)
        try:
            found = self._ask(address, lambda body: api.read_versions(body, server))
        except AbsentError:  # listed, but not there by itself: take what the list says
            return [paper]
        return [*found, paper]
