"""`bookwheel train encoder`: learn the table of word vectors from papers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from bookwheel.actions.train_encoder import Report, dumped, train_encoder
from bookwheel.cli.lazy import set_up_django
from bookwheel.config import config
from bookwheel.core.papers import Paper
from bookwheel.core.training import Plan
from bookwheel.core.training import Progress as Step

LOSSES = 50  # batches of a kind over which the loss that is shown is the mean
TOLD_EVERY = 60.0  # seconds between lines where there is no terminal
NAME = "encoder.npz"


@click.command()
@click.option(
    "--from",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Learn from arXiv's metadata dump, plain, .gz, .zst or .zip; repeat for more. "
    "Without it, from the papers that are here.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help=f"File to write; {NAME} in the data folder if not given.",
)
@click.option("--minutes", type=click.FloatRange(min=0.1), help="End in so many minutes.")
@click.option(
    "--steps", type=click.IntRange(min=1), default=Plan.steps, show_default=True, help="Batches."
)
@click.option(
    "--papers",
    type=click.IntRange(min=1),
    default=400_000,
    show_default=True,
    help="Learn from at most so many papers, drawn evenly; each takes about 5 kB of memory.",
)
@click.option("--seed", type=int, default=Plan.seed, show_default=True, help="Of all chance.")
def command(
    files: tuple[Path, ...],
    out: Path | None,
    minutes: float | None,
    steps: int,
    papers: int,
    seed: int,
) -> None:
    """Learn an encoder: what words and pairs of words mean, from papers that belong together.

    Can be stopped with Ctrl-C; the same command goes on where it was. With the same papers, steps
    and seed the table is the same, unless --minutes ends it. Uses a GPU where CuPy is installed and
    finds one. The setting ENCODER names the table to use; `bookwheel serve` then makes the index
    anew with it while it goes on serving.
    """
    out = out or config().data / NAME
    with _Display() as display:
        made = train_encoder(
            dumped(files) if files else _held(),
            out,
            Plan(steps=steps, seed=seed),
            Report(display.stage, display.step),
            most=papers,
            minutes=minutes,
        )
    click.echo(f"{out}: {len(made.vocabulary):,} features, {made.dimensions} dimensions.")


def _held() -> Iterator[Paper]:
    """The papers of this installation."""
    set_up_django()
    from bookwheel.queries.papers_to_learn import papers_to_learn

    return papers_to_learn()


class _Display:
    """Stages as lines; steps as a bar on a terminal, as a line each minute elsewhere."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._started = self._told = time.monotonic()
        self._losses: dict[str, deque[float]] = {}
        columns = (
            TextColumn("learning"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[told]}"),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=self._console, transient=True)
        self._task: TaskID | None = None

    def __enter__(self) -> _Display:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def stage(self, name: str) -> None:
        """Tell what begins."""
        self._console.print(f"{time.monotonic() - self._started:6.0f} s  {name}", highlight=False)

    def step(self, step: Step) -> None:
        """Tell how far it is, and the mean loss of each kind of batch."""
        self._losses.setdefault(step.kind, deque(maxlen=LOSSES)).append(step.loss)
        told = "loss " + ", ".join(
            f"{kind} {fmean(some):.3f}" for kind, some in sorted(self._losses.items())
        )
        if self._console.is_terminal:
            if self._task is None:
                self._bar.start()
                self._task = self._bar.add_task("learning", total=1.0, told="")
            self._bar.update(self._task, completed=step.done, told=told)
        elif time.monotonic() > self._told + TOLD_EVERY:
            self._told = time.monotonic()
            self.stage(f"{step.done:4.0%}  step {step.step:,}  {told}")
