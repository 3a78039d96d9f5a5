"""`bookwheel bench replay`: how well a month's papers are ranked for a library as it was then."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from bookwheel.bench import rankings
from bookwheel.bench.indexes import opened
from bookwheel.bench.installed import installed
from bookwheel.bench.replay import Replaying, libraries, months_of, replays
from bookwheel.cli import bench_display
from bookwheel.cli.bench_display import display, finish, follow, remark
from bookwheel.errors import InputError


@click.command()
@click.argument("path", type=bench_display.a_file, metavar="LIBRARIES.json")
@bench_display.papers
@bench_display.seed
@bench_display.methods(rankings.METHODS)
@click.option(
    "--candidates",
    type=click.IntRange(min=1),
    metavar="N",
    help="Rank only N papers drawn at random, and all that the libraries hold.",
)
@bench_display.as_json
def command(
    path: Path,
    files: tuple[Path, ...],
    seed: int,
    methods: tuple[str, ...],
    candidates: int | None,
    as_json: bool,
) -> None:
    """Replay libraries month by month: learn from what was there, rank the papers that came next.

    LIBRARIES.json holds papers with the dates on which they came in: {"name": {"items": [{"id":
    "1706.03762", "date": "2017-06"}, ...]}}. Ctrl-C prints what is done so far.
    """
    held = libraries(path)
    papers = installed(
        files,
        candidates=candidates,
        always=chain.from_iterable(held.values()),
        seed=seed,
        remark=remark,
    )
    with display() as tell, opened(papers, tell) as engine:
        days = engine.columns.days[engine.columns.rows_of(papers.numbers)]
        chosen = replays(held, papers, months_of(days))
        if not chosen:
            raise InputError(
                f"No library in {path} has new papers here after its first ones. "
                "Import their papers, or add them with --papers."
            )
        remark(f"{len(chosen)} months of {len({one.name for one in chosen})} libraries.")
        run = Replaying(rankings.methods(methods, engine, papers, tell))
        stopped = follow("replaying", run.run(chosen), len(chosen), tell)
    finish(run.rows(), as_json=as_json, stopped=stopped)
