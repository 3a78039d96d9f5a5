"""Run a job once, alone, and write down what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from bookwheel.errors import BookwheelError, NotNowError, StoppedError
from bookwheel.models import Job
from bookwheel.models.locks import lock
from bookwheel.queries.due import retry_at

KEPT = timedelta(days=90)  # how long the history goes back


@dataclass(frozen=True)
class Told:
    """What a run has to say; `whole` is false when what was expected is not there yet."""

    new: int = 0
    changed: int = 0
    same: int = 0
    bad: int = 0
    text: str = ""
    whole: bool = True
    stopped: bool = False


def run_job(name: str, work: Callable[[], Told]) -> Job | None:
    """Run it, unless it is running: then nothing happens, and None comes back.

    What went wrong stands in the job; only what nobody foresaw is raised, after it was noted.
    """
    turn = lock(f"jobs/{name}")
    if not turn.acquire():
        return None
    try:
        return _run(name, work)
    finally:
        turn.release()


def _run(name: str, work: Callable[[], Told]) -> Job:
    before = Job.objects.filter(name=name, outcome=Job.Outcome.RUNNING)
    before.update(outcome=Job.Outcome.KILLED, ended=timezone.now())  # we hold the lock
    Job.objects.filter(started__lt=timezone.now() - KEPT).delete()
    job = Job.objects.create(name=name, started=timezone.now())
    try:
        _note(job, work())
    except StoppedError:
        job.outcome = Job.Outcome.STOPPED
    except NotNowError as error:
        job.outcome, job.told = Job.Outcome.WAITING, str(error)
        job.again = datetime.fromtimestamp(error.until, UTC)
    except BookwheelError as error:
        job.outcome, job.told = Job.Outcome.FAILED, str(error)
        job.again = retry_at(name, timezone.now())
    except Exception as error:
        job.outcome, job.told = Job.Outcome.FAILED, f"{type(error).__name__}: {error}"
        job.again = retry_at(name, timezone.now())
        raise
    finally:
        if job.outcome != Job.Outcome.RUNNING:  # else the process is going down: it was killed
            job.ended = timezone.now()
            job.save()
    return job


def _note(job: Job, told: Told) -> None:
    job.new, job.changed, job.same, job.bad = told.new, told.changed, told.same, told.bad
    job.told = told.text
    if told.stopped:
        job.outcome = Job.Outcome.STOPPED
    elif told.whole:
        job.outcome = Job.Outcome.DONE
    else:
        job.outcome = Job.Outcome.NOTHING
        job.again = retry_at(job.name, timezone.now())
