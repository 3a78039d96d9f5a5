"""`bookwheel harvest`: fetch by hand what is new, or single papers."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bookwheel.actions.fetch_now import fetch_now
from bookwheel.actions.harvest import JOBS
from bookwheel.actions.harvest_listings import Listed
from bookwheel.actions.harvest_records import Harvested
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.actions.work import StoppableClock, line
from bookwheel.cli import INTERRUPTED
from bookwheel.core.paper_ids import parse_id
from bookwheel.errors import IdentifierError, StoppedError
from bookwheel.models import Job
from bookwheel.queries.due import wanted_jobs

PATIENCE = 120.0  # seconds that somebody at a terminal waits for a turn
_GOOD = (Job.Outcome.DONE, Job.Outcome.NOTHING)


@click.command()
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@click.option(
    "--only",
    type=click.Choice(list(JOBS)),
    help="Only records (everything that changed at arXiv), only listings (what it announced, as "
    "what), or one of the other servers.",
)
def command(papers: tuple[str, ...], only: str | None) -> None:
    """Fetch what was announced since the last time, or single papers by identifier or link.

    Can be stopped with Ctrl-C at any moment; the next time goes on where it was.
    """
    wanted = [_identifier(text) for text in papers]
    prepare()
    with _stoppable() as stop:
        if wanted:
            _fetch(wanted, stop)
            return
        outcomes = [_harvest(name, stop) for name in ([only] if only else wanted_jobs())]
    if stop.is_set():
        raise SystemExit(INTERRUPTED)
    raise SystemExit(0 if all(outcome in _GOOD for outcome in outcomes) else 1)


def _identifier(text: str) -> str:
    try:
        return parse_id(text).base
    except IdentifierError as error:
        raise click.BadParameter(str(error), param_hint="PAPER") from error


@contextmanager
def _stoppable() -> Iterator[threading.Event]:
    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _fetch(wanted: list[str], stop: threading.Event) -> None:
    for identifier in wanted:
        try:
            paper = fetch_now(identifier, patience=PATIENCE, clock=StoppableClock(stop))
        except StoppedError:
            raise SystemExit(INTERRUPTED) from None
        click.echo(f"{paper.arxiv_id}  {paper.title}")


def _harvest(name: str, stop: threading.Event) -> str:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None, told="")

        def show(found: Harvested | Listed) -> None:
            if isinstance(found, Harvested):
                told = f"{found.records:,} records, {found.new:,} new, {found.changed:,} changed"
                bar.update(task, completed=found.records, total=found.total, told=told)
            else:
                bar.update(task, told=f"{found.announcements:,} announcements, {found.new:,} new")

        job = JOBS[name](clock=StoppableClock(stop), stop=stop.is_set, progress=show)
    if job is None:
        click.echo(f"{name}: another process is at it.")
        return Job.Outcome.DONE
    click.echo(line(job))
    return str(job.outcome)
