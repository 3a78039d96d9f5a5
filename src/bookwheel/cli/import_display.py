"""How an import shows itself: a bar on a terminal, a line now and then elsewhere, a summary."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from bookwheel.actions.import_papers import ImportResult
from bookwheel.actions.report_bad_records import MOST

_EVERY = 10.0  # seconds between lines where there is no terminal


@contextmanager
def display(total_bytes: int | None, *, quiet: bool) -> Iterator[Bar | Lines]:
    """What suits standard error; `total_bytes` is None when it is not known.

    `quiet` leaves out the lines, not the bar.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(quiet=quiet)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bar(progress, total_bytes)


class Bar:
    """A progress bar: share of the bytes read, records, rate, time remaining."""

    def __init__(self, progress: Progress, total_bytes: int | None) -> None:
        self._start = time.monotonic()
        self._progress = progress
        self._import = progress.add_task("importing", total=total_bytes, told="")
        self._index = progress.add_task("indexing", total=None, told="", visible=False)

    def importing(self, result: ImportResult) -> None:
        """Show the counts."""
        told = progress_line(result, time.monotonic() - self._start)
        self._progress.update(self._import, completed=result.bytes_read, told=told)

    def indexing(self, done: int, total: int) -> None:
        """Show how much of what was stored can be found."""
        told = f"{done:,} of {total:,} papers"
        self._progress.update(
            self._index, visible=True, completed=done, total=total or None, told=told
        )


class Lines:
    """A line now and then, for logs."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._start = self._last = time.monotonic()

    def importing(self, result: ImportResult) -> None:
        """Print the counts, when it is time."""
        self._say(progress_line(result, time.monotonic() - self._start))

    def indexing(self, done: int, total: int) -> None:
        """Print how much can be found, when it is time."""
        self._say(f"indexed {done:,} of {total:,} papers")

    def _say(self, line: str) -> None:
        now = time.monotonic()
        if not self._quiet and now - self._last >= _EVERY:
            self._last = now
            click.echo(line, err=True)


def progress_line(result: ImportResult, seconds: float) -> str:
    """The counts while they grow."""
    rate = (result.records - result.skipped) / max(seconds, 0.001)
    parts = [f"{result.records:,} records", f"{rate:,.0f}/s"]
    parts += [f"{result.skipped:,} skipped"] if result.skipped else []
    parts += [f"{result.filtered:,} not wanted"] if result.filtered else []
    parts += [f"{result.bad:,} bad"] if result.bad else []
    return ", ".join(parts)


def summary(result: ImportResult, seconds: float) -> str:
    """The counts in the end."""
    lines = [
        f"{result.records:,} records read in {seconds:,.0f} s: {result.new:,} new papers, "
        f"{result.changed:,} changed, {result.same:,} as they were."
    ]
    if result.skipped:
        lines.append(f"{result.skipped:,} were read before this import was stopped.")
    if result.filtered:
        lines.append(f"{result.filtered:,} were not wanted by the filters.")
    if result.bad:
        why = "why" if result.bad <= MOST else f"why the first {MOST:,} could not"
        lines.append(f"{result.bad:,} could not be used; {why} stands in {result.report}")
    if result.stopped_at:
        lines.append(
            f"Stopped after {result.stopped_at}. Everything until there is stored; run the same "
            "command again to go on."
        )
    return "\n".join(lines)
