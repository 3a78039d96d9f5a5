"""`bookwheel bench recommend`: how well the rest of a list is found from a few of its papers."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path

import click

from bookwheel.bench import hides as hides_of_lists
from bookwheel.bench import rankings
from bookwheel.bench.indexes import opened
from bookwheel.bench.inputs import reading_lists
from bookwheel.bench.installed import installed
from bookwheel.bench.rankings import HidingMethod
from bookwheel.bench.recommend import Recommending, trials
from bookwheel.cli import bench_display
from bookwheel.cli.bench_display import display, finish, follow, remark
from bookwheel.core.encoder import Encoder
from bookwheel.errors import InputError


def _counts(_context: click.Context, _option: click.Parameter, given: str) -> tuple[int, ...]:
    parts = given.replace(",", " ").split()
    if not parts or not all(part.isdecimal() and int(part) for part in parts):
        raise click.BadParameter(f"{given!r}: give numbers from 1, separated by commas.")
    return tuple(sorted({int(part) for part in parts}))


@click.command()
@click.argument("path", type=bench_display.a_file, metavar="LISTS.json")
@bench_display.papers
@click.option(
    "--likes",
    callback=_counts,
    default="1,3,5,10",
    show_default=True,
    metavar="N,N",
    help="How many papers of a list are liked.",
)
@click.option(
    "--hides",
    type=click.IntRange(min=1),
    metavar="N",
    help="Also with N hidden papers for each draw, taken away only or learned from.",
)
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How often likes are drawn from each list.",
)
@bench_display.seed
@bench_display.methods(rankings.METHODS)
@click.option(
    "--candidates",
    type=click.IntRange(min=1),
    metavar="N",
    help="Rank only N papers drawn at random, and all that are listed.",
)
@click.option(
    "--lists",
    "most",
    type=click.IntRange(min=1),
    metavar="N",
    help="Take only the first N lists.",
)
@bench_display.encoder
@bench_display.as_json
def command(
    path: Path,
    files: tuple[Path, ...],
    likes: tuple[int, ...],
    hides: int | None,
    draws: int,
    seed: int,
    methods: tuple[str, ...],
    candidates: int | None,
    most: int | None,
    encoder: Path | None,
    as_json: bool,
) -> None:
    """Rank all papers from a few of a list that somebody keeps, and look where the others stand.

    LISTS.json holds lists of identifiers by name: {"name": ["1706.03762", ...]}, or objects that
    have one under "ids". Ctrl-C prints what is done so far.

    With --hides N, of the 50 papers that ours ranks highest and that are not on the list, those N
    are hidden that are least like the papers of the list that are to be found.
    """
    lists = dict(islice(reading_lists(path).items(), most))
    papers = installed(
        files,
        candidates=candidates,
        always=chain.from_iterable(lists.values()),
        seed=seed,
        remark=remark,
    )
    chosen = trials(lists, papers, likes=likes, draws=draws, seed=seed)
    listed = set(chain.from_iterable(lists.values()))
    held = sum(one in papers.position for one in listed)
    remark(f"{held:,} of {len(listed):,} listed papers are among the {len(papers):,} ranked.")
    if not chosen:
        raise InputError(
            f"No list in {path} has more than {min(likes)} papers that are held here. "
            "Import their papers, add them with --papers, or take fewer --likes."
        )
    made = Encoder.load(encoder) if encoder else None
    with display() as tell, opened(papers, tell, encoder=made) as engine:
        ready = rankings.methods(methods, engine, papers, tell)
        hiding: dict[str, HidingMethod] = {}
        if hides:
            hiding = hides_of_lists.methods(engine, papers)
            chosen = list(hides_of_lists.with_hides(chosen, engine, papers, hides))
        run = Recommending(ready, papers, seed=seed, hiding=hiding, against=hides_of_lists.AGAINST)
        stopped = follow("ranking", run.run(chosen), len(chosen), tell)
    finish(run.rows(), as_json=as_json, stopped=stopped)
