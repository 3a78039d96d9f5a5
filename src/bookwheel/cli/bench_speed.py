"""`bookwheel bench speed`: how long import, index, search, ranking and pages take."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.arxiv.sample import sample_path
from bookwheel.bench import calendar, installation, report, speed
from bookwheel.cli import bench_display
from bookwheel.config import config


@click.command()
@click.argument("files", nargs=-1, type=bench_display.a_file, metavar="[FILE...]")
@click.option(
    "--papers",
    type=click.IntRange(1, calendar.MOST),
    metavar="N",
    help="Measure on N papers: real ones as far as there are enough, else made out of them.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Keep what is imported here; what is kept is not imported again.",
)
@click.option(
    "--calls",
    type=click.IntRange(min=1),
    default=speed.CALLS,
    show_default=True,
    help="How many questions of each kind are asked.",
)
@bench_display.as_json
def command(
    files: tuple[Path, ...], papers: int | None, keep: Path | None, calls: int, as_json: bool
) -> None:
    """Measure import, index, search, ranking and pages, beside yardsticks of the same run.

    With FILEs, dumps as `bookwheel import` takes them, or with --papers: on papers of these dumps,
    or of the sample, imported into a temporary folder. Else on a copy of the installation.
    Times are milliseconds; `ratio` is our time over that of the yardstick.
    """
    if not (files or papers or keep) and installation.papers_in(config().data):
        rows = speed.of_installation(config().data, calls=calls, display=bench_display.display)
    else:
        rows = speed.of_dumps(
            files or [sample_path()], papers, keep=keep, calls=calls, display=bench_display.display
        )
    report.show(rows, as_json=as_json)
