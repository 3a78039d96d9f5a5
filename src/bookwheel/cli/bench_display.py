"""What the commands of the bench share: their options, and how they show that they are at work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from bookwheel.bench import report
from bookwheel.bench.progress import Tell
from bookwheel.bench.report import Row
from bookwheel.cli import INTERRUPTED

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
seed = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Of all that is drawn at random.",
)
a_file = click.Path(exists=True, dir_okay=False, path_type=Path)
papers = click.option(
    "--papers",
    "files",
    multiple=True,
    type=a_file,
    metavar="FILE",
    help="Add the papers of a dump that are not in the index, for this run; repeat for more.",
)
encoder = click.option(
    "--encoder",
    type=a_file,
    metavar="FILE",
    help="Judge this encoder: all papers are encoded anew, in a temporary folder.",
)
rerank = click.option(
    "--rerank",
    is_flag=True,
    help="Measure the search with the re-ranker too that BOOKWHEEL_RERANKER names.",
)


def methods(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """The option that chooses among methods."""
    return click.option(
        "--methods",
        default=",".join(names),
        show_default=True,
        callback=lambda _context, _option, given: _chosen(given, names),
        help="Which ones to run, separated by commas.",
    )


def _chosen(given: str, names: tuple[str, ...]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(given.replace(",", " ").split()))
    unknown = [name for name in chosen if name not in names]
    if unknown or not chosen:
        raise click.BadParameter(f"{given!r}: choose among {', '.join(names)}.")
    return chosen


def remark(text: str) -> None:
    """Say something that is no result."""
    click.echo(text, err=True)


@contextmanager
def display() -> Iterator[Tell]:
    """Bars on standard error, one for each step, while work goes on; none where no one looks."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    shown = console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not shown) as bars:
        steps: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in steps:
                steps[step] = bars.add_task(step, total=total)
            bars.update(steps[step], completed=done, total=total, visible=done < total)

        yield tell


def follow(step: str, run: Iterable[int], total: int, tell: Tell) -> bool:
    """Let a run go to its end, or until Ctrl-C; returns whether it was stopped."""
    try:
        for done in run:
            tell(step, done, total)
    except KeyboardInterrupt:
        return True
    return False


def finish(rows: Sequence[Row], *, as_json: bool, stopped: bool) -> None:
    """Print what was measured; of a run that was stopped, what was done until then."""
    if stopped and not rows:
        raise KeyboardInterrupt
    report.show(rows, as_json=as_json)
    if stopped:
        remark("Stopped. This is what was done until then.")
        raise SystemExit(INTERRUPTED)
