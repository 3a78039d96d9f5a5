"""How the collection stands to arXiv: what came last, what is due, and what is in the way.

Leaves out: what lies on the disk (`status.py`) and how it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bookwheel.arxiv.client import arxiv_client
from bookwheel.biorxiv.servers import biorxiv_client
from bookwheel.config import config
from bookwheel.core.rxiv_taxonomy import SERVERS
from bookwheel.errors import IndexDamagedError, IndexMissingError
from bookwheel.models import Job, Source, Stretch
from bookwheel.queries.announced import newest_listing
from bookwheel.queries.clock import Clock, clock
from bookwheel.queries.due import DAILY, due_since, next_run, wanted_jobs
from bookwheel.queries.engine import engine
from bookwheel.queries.worker import is_at_work

LATE = 1  # days by which a server that posts through the day may be behind
CURRENT, ON_ITS_WAY, BEHIND, OFFLINE, EMPTY = "current", "on_its_way", "behind", "offline", "empty"


@dataclass(frozen=True)
class Run:
    """One run of a job, and when it runs next."""

    name: str
    outcome: str
    started: datetime
    ended: datetime | None
    new: int
    changed: int
    same: int
    bad: int
    told: str


@dataclass(frozen=True)
class Other:
    """A server that posts through the day."""

    name: str
    label: str
    complete: date | None  # all that was posted until this day is here
    behind: int  # days that are over and not here
    categories: str  # what is wanted; empty: all
    left_alone_until: datetime | None
    why: str


@dataclass(frozen=True)
class Health:
    """All of it. Days are listings; times are UTC."""

    state: str
    newest: date | None  # the last listing of which papers are here
    behind: int  # listings announced since
    next_day: date | None  # the listing that is announced next ...
    next_at: datetime | None  # ... and when
    worker: bool  # somebody follows arXiv
    categories: str  # what is wanted; empty: all
    left_alone_until: datetime | None  # arXiv asked for rest, or is not well
    why: str  # of that
    last: tuple[Run, ...]  # the last run of each job
    due: dict[str, datetime]  # when each runs next
    others: tuple[Other, ...] = ()  # what is followed besides arXiv


def health(now: datetime) -> Health:
    """Look at the clock, the index and the jobs."""
    found = _clock(now)
    with arxiv_client() as client:
        rest = client.pace.state
    resting = rest.until > now.timestamp()
    others = tuple(_other(name, now) for name in DAILY if name in config().sources)
    source = Source.objects.filter(name="arxiv").first()
    return Health(
        state=_state(found, others),
        newest=found.newest if found else None,
        behind=found.behind if found else 0,
        next_day=found.next_day if found else None,
        next_at=found.next_at.astimezone(UTC) if found else None,
        worker=is_at_work(),
        categories=source.categories if source else "",
        left_alone_until=datetime.fromtimestamp(rest.until, UTC) if resting else None,
        why=rest.why if resting else "",
        last=tuple(filter(None, map(_last, wanted_jobs()))),
        due={name: max(next_run(name, now), now).astimezone(UTC) for name in wanted_jobs()},
        others=others,
    )


def _other(name: str, now: datetime) -> Other:
    """How far a server was read. A day counts as over when the next run after it is due."""
    with biorxiv_client() as client:
        rest = client.pace.state
    resting = rest.until > now.timestamp()
    stretch = Stretch.objects.filter(source=name).first()
    complete = stretch.complete if stretch else None
    over = due_since(name, now).date() - timedelta(days=1)
    source = Source.objects.filter(name=name).first()
    since = source.since - timedelta(days=1) if source else over
    return Other(
        name=name,
        label=SERVERS[name][0],
        complete=complete,
        behind=max((over - (complete or since)).days, 0),
        categories=source.categories if source else "",
        left_alone_until=datetime.fromtimestamp(rest.until, UTC) if resting else None,
        why=rest.why if resting else "",
    )


def history(count: int) -> list[Run]:
    """The last runs of all jobs, the latest first."""
    return [_run(job) for job in Job.objects.order_by("-started", "-pk")[:count]]


def lines(found: Health) -> Iterator[str]:
    """The same for a terminal."""
    if found.newest is None:
        yield "no papers yet"
    elif found.state == BEHIND:
        yield f"last announced {found.newest}, behind by {found.behind}"
    else:
        yield f"last announced {found.newest}, {found.state.replace('_', ' ')}"
    if found.next_at:
        yield f"next listing {found.next_day}, at {found.next_at:%Y-%m-%d %H:%M} UTC"
    if found.left_alone_until:
        yield f"left alone until {found.left_alone_until:%Y-%m-%d %H:%M} UTC: {found.why}"
    if not found.worker and found.state != OFFLINE:
        yield "nobody fetches: `bookwheel serve` and `bookwheel worker` do"
    for other in found.others:
        until = f"all until {other.complete}" if other.complete else "nothing yet"
        late = f", behind by {other.behind} days" if other.behind else ""
        yield f"{other.label}: {until}{late}"
    for run in found.last:
        told = f": {run.told}" if run.told else ""
        yield f"{run.name} {run.outcome} {run.started:%Y-%m-%d %H:%M} UTC{told}"


def _clock(now: datetime) -> Clock | None:
    try:
        newest = newest_listing(engine())
    except (IndexMissingError, IndexDamagedError):
        return None
    return clock(newest, now) if newest and "arxiv" in config().sources else None


def _state(found: Clock | None, others: tuple[Other, ...]) -> str:
    """That of whatever is worst."""
    if config().offline:
        return OFFLINE
    if any(other.behind > LATE for other in others):
        return BEHIND
    if found is None:
        return CURRENT if others and "arxiv" not in config().sources else EMPTY
    if found.on_its_way:
        return ON_ITS_WAY
    return BEHIND if found.behind else CURRENT


def _last(name: str) -> Run | None:
    job = Job.objects.filter(name=name).order_by("started", "pk").last()
    return _run(job) if job else None


def _run(job: Job) -> Run:
    return Run(
        name=job.name,
        outcome=job.outcome,
        started=job.started,
        ended=job.ended,
        new=job.new,
        changed=job.changed,
        same=job.same,
        bad=job.bad,
        told=job.told,
    )
