"""When the jobs that follow arXiv's clock are to run next, by what became of their last runs."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bookwheel.arxiv import schedule
from bookwheel.config import config
from bookwheel.core.rxiv_taxonomy import SERVERS
from bookwheel.models import Job

RECORDS, LISTINGS = "records", "listings"
DAILY = tuple(SERVERS)  # jobs of servers that post through the day; their names are the servers'
_DAILY_AT = time(6)  # UTC: the day before is over in New York
# From the announcement until its channel has it: OAI-PMH about half past ten in the evening, the
# feeds about midnight, New York time.
AFTER = {
    RECORDS: timedelta(hours=2, minutes=40),
    LISTINGS: timedelta(hours=4, minutes=10),
}
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=10), timedelta(hours=2)
PATIENCE = 8  # runs for one announcement that found nothing: then there was likely none
_ENDED = (Job.Outcome.DONE, Job.Outcome.NOTHING, Job.Outcome.WAITING, Job.Outcome.FAILED)


def wanted_jobs() -> tuple[str, ...]:
    """The jobs of the sources that the operator follows."""
    arxiv = (RECORDS, LISTINGS) if "arxiv" in config().sources else ()
    return (*arxiv, *(server for server in DAILY if server in config().sources))


def due_since(name: str, now: datetime) -> datetime:
    """The last moment at which a job became due."""
    if name in DAILY:
        at = datetime.combine(now.astimezone(UTC).date(), _DAILY_AT, UTC)
        return at if at <= now else at - timedelta(days=1)
    return schedule.announced_at(schedule.latest_listing(now - AFTER[name])) + AFTER[name]


def next_run(name: str, now: datetime) -> datetime:
    """When to run a job: in the past, when it is time."""
    ended = Job.objects.filter(name=name).exclude(outcome=Job.Outcome.RUNNING)
    last = ended.order_by("started", "pk").last()
    due = due_since(name, now)
    if last is None or last.started < due:
        return max(due, last.again) if last and last.again else due
    if last.outcome == Job.Outcome.DONE or _is_hopeless(name, due):
        if name in DAILY:
            return due + timedelta(days=1)
        day = schedule.next_listing(schedule.latest_listing(now - AFTER[name]))
        return schedule.announced_at(day) + AFTER[name]
    return max(due, last.again) if last.again else now


def _is_hopeless(name: str, due: datetime) -> bool:
    tried = Job.objects.filter(name=name, started__gte=due, outcome=Job.Outcome.NOTHING)
    return tried.count() >= PATIENCE


def retry_at(name: str, now: datetime) -> datetime:
    """When to try again after a run that did not bring what was due: the later the oftener."""
    recent = Job.objects.filter(name=name, outcome__in=_ENDED).order_by("-pk")[:PATIENCE]
    row = 0
    for job in recent:
        if job.outcome == Job.Outcome.DONE:
            break
        row += 1
    return now + min(FIRST_RETRY * int(2**row), LONGEST_RETRY)
