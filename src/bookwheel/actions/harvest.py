"""The jobs that keep the collection current: fetch, store, make searchable, as one run each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date
from functools import partial

from django.utils import timezone

from bookwheel.actions.build_index import build_index
from bookwheel.actions.follow_source import followed
from bookwheel.actions.harvest_listings import Listed, harvest_listings
from bookwheel.actions.harvest_preprints import PreprintHarvest
from bookwheel.actions.harvest_records import Harvested, harvest_records
from bookwheel.actions.run_job import Told, run_job
from bookwheel.arxiv import schedule
from bookwheel.arxiv.client import arxiv_client
from bookwheel.arxiv.clock import Clock
from bookwheel.biorxiv.servers import biorxiv_client
from bookwheel.models import Job, Stretch
from bookwheel.queries.due import AFTER, DAILY, LISTINGS, RECORDS

INDEX_EVERY = 20  # pages: what comes in a long harvest can be found before its end

Stop = Callable[[], bool]
Progress = Callable[[Harvested | Listed], None]


def _never() -> bool:
    return False


def _silent(_: Harvested | Listed) -> None:
    return


def records(
    *, clock: Clock | None = None, stop: Stop = _never, progress: Progress = _silent
) -> Job | None:
    """Bring in every record that changed. None when that is being done already."""

    def between(found: Harvested) -> None:
        progress(found)
        if found.pages % INDEX_EVERY == 0:
            build_index()

    def work() -> Told:
        with arxiv_client(clock=clock) as client:
            try:
                found = harvest_records(client, followed(), progress=between, stop=stop)
            finally:
                build_index()
        text = f"Records reported in {found.report.name}." if found.report else ""
        return Told(
            found.new, found.changed, found.same, found.bad, text, _are_current(), found.stopped
        )

    return run_job(RECORDS, work)


def listings(
    *, clock: Clock | None = None, stop: Stop = _never, progress: Progress = _silent
) -> Job | None:
    """Bring in what was announced last. None when that is being done already."""

    def work() -> Told:
        with arxiv_client(clock=clock) as client:
            try:
                found = harvest_listings(client, followed(), progress=progress, stop=stop)
            finally:
                build_index()
        text = f"Listing of {found.day}." if found.day else ""
        whole = found.day is not None and found.day >= _due(LISTINGS)
        return Told(found.new, found.announcements, 0, found.bad, text, whole, found.stopped)

    return run_job(LISTINGS, work)


def _due(name: str) -> date:
    """The listing that is to be expected."""
    return schedule.latest_listing(timezone.now() - AFTER[name])


def _are_current() -> bool:
    """Whether records came that were changed on the day of the listing that is due."""
    reached = [stretch.complete for stretch in Stretch.objects.filter(source="arxiv")]
    return any(day is not None and day >= _due(RECORDS) for day in reached)


def preprints(
    server: str, *, clock: Clock | None = None, stop: Stop = _never, progress: Progress = _silent
) -> Job | None:
    """Bring in what bioRxiv or medRxiv posted. None when that is being done already."""

    def between(found: Harvested) -> None:
        progress(found)
        if found.pages % INDEX_EVERY == 0:
            build_index()

    def work() -> Told:
        today = timezone.now().astimezone(UTC).date()
        with biorxiv_client(clock=clock) as client:
            harvest = PreprintHarvest(client, followed(server), today, progress=between, stop=stop)
            try:
                found = harvest.run()
            finally:
                build_index()
        text = f"Records reported in {found.report.name}." if found.report else ""
        return Told(found.new, found.changed, found.same, found.bad, text, stopped=found.stopped)

    return run_job(server, work)


JOBS: dict[str, Callable[..., Job | None]] = {
    RECORDS: records,
    LISTINGS: listings,
    **{server: partial(preprints, server) for server in DAILY},
}
