"""The worker: runs each job when it is due, until asked to stop. Any number may run; one works.

Leaves out: when jobs are due (`queries/due.py`) and the process it lives in (`cli/worker.py`,
`work_behind.py`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event

from django.db import close_old_connections
from django.utils import timezone

from bookwheel.actions.deliver import hooks_if_due, mail_if_due
from bookwheel.actions.fetch_texts import fetch_texts
from bookwheel.actions.follow_index import follow_index
from bookwheel.actions.harvest import JOBS
from bookwheel.arxiv.client import arxiv_client
from bookwheel.config import config
from bookwheel.errors import StoppedError
from bookwheel.models import Job
from bookwheel.models.locks import lock
from bookwheel.queries.due import next_run, wanted_jobs
from bookwheel.queries.texts_to_fetch import kept_without_text, wanted_texts
from bookwheel.queries.worker import LOCK

LOOK = 20.0  # seconds between looks at whether a job is due, or the other worker has ended

_log = logging.getLogger(__name__)

Tell = Callable[[str], object]


class StoppableClock:
    """The machine's clock; whoever waits by it is woken up when it is time to stop."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises:
            StoppedError: it is time to stop.
        """
        if self._stop.wait(seconds):
            raise StoppedError("Asked to stop.")


def work(stop: Event, tell: Tell, *, once: bool = False) -> None:
    """Work until `stop` is set, or `once` through all that is due. `tell` hears a line a job."""
    turn = lock(LOCK)
    while not stop.is_set():
        if not turn.acquire():
            if once:
                tell("Another worker is at work.")
                return
            _follow_index(tell)
            close_old_connections()
            stop.wait(LOOK)
            continue
        try:
            _work(stop, tell, once=once)
        finally:
            turn.release()
        return


def _work(stop: Event, tell: Tell, *, once: bool) -> None:
    while not stop.is_set():
        if not config().offline:
            for name in wanted_jobs():
                _run_if_due(name, stop, tell)
            _fetch_texts(stop, tell)
        _deliver(stop, tell)
        _follow_index(tell)
        if once:
            return
        close_old_connections()
        stop.wait(LOOK)


def _run_if_due(name: str, stop: Event, tell: Tell) -> None:
    if stop.is_set() or next_run(name, timezone.now()) > timezone.now():
        return
    try:
        job = JOBS[name](clock=StoppableClock(stop), stop=stop.is_set)
    except Exception as error:  # noqa: BLE001  (a job must not take the worker with it)
        _log.exception("The job %s failed.", name)
        tell(f"{name}: {type(error).__name__}: {error}")
        return
    if job:
        tell(line(job))


def _follow_index(tell: Tell) -> None:
    try:
        count = follow_index()
    except Exception as error:  # noqa: BLE001  (nor must the index, which is tried again)
        _log.exception("The index could not follow the database.")
        tell(f"index: {type(error).__name__}: {error}")
        return
    if count:
        tell(f"index: {count:,} papers that other machines wrote")


def _fetch_texts(stop: Event, tell: Tell) -> None:
    if stop.is_set() or not (wanted_texts(1) or (config().fetch_kept and kept_without_text(1))):
        return
    try:
        with arxiv_client(clock=StoppableClock(stop)) as client:
            count = fetch_texts(client, stop.is_set, kept=config().fetch_kept)
    except StoppedError:
        return
    except Exception as error:  # noqa: BLE001  (nor must a text)
        _log.exception("Fetching full texts failed.")
        tell(f"texts: {type(error).__name__}: {error}")
        return
    if count:
        tell(f"texts: {count:,} fetched")


def _deliver(stop: Event, tell: Tell) -> None:
    for send in (mail_if_due, hooks_if_due):
        if stop.is_set():
            return
        try:
            job = send(stop.is_set)
        except Exception as error:  # noqa: BLE001  (nor must a mail)
            _log.exception("Sending news failed.")
            tell(f"news: {type(error).__name__}: {error}")
            continue
        if job:
            tell(line(job))


def line(job: Job) -> str:
    """What became of a job, in one line for logs."""
    counts = f"{job.new:,} new, {job.changed:,} changed, {job.same:,} as they were"
    parts = [f"{job.name}: {job.outcome}", counts]
    parts += [f"{job.bad:,} bad"] if job.bad else []
    parts += [job.told] if job.told else []
    return "; ".join(parts)
