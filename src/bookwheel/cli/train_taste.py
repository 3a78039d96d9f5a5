"""`bookwheel train taste`: learn from reading lists how much each signal of a ranking counts."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from bookwheel.bench import weights
from bookwheel.bench.indexes import opened
from bookwheel.bench.inputs import reading_lists
from bookwheel.bench.installed import installed
from bookwheel.bench.progress import counted
from bookwheel.bench.recommend import trials
from bookwheel.cli import bench_display
from bookwheel.cli.bench_display import display, remark
from bookwheel.core.shares import Shares
from bookwheel.errors import InputError

LIKES = (1, 3, 5, 10)


@click.command("taste")
@click.argument("path", type=bench_display.a_file, metavar="LISTS.json")
@bench_display.papers
@bench_display.seed
@click.option("--draws", type=click.IntRange(min=1), default=2, show_default=True,
              help="How often likes are drawn from each list.")  # fmt: skip
@click.option("--candidates", type=click.IntRange(min=1), metavar="N",
              help="Rank only N papers drawn at random, and all that are listed.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path),
              help="File to write the shares to.")  # fmt: skip
def command(
    path: Path,
    files: tuple[Path, ...],
    seed: int,
    draws: int,
    candidates: int | None,
    out: Path | None,
) -> None:
    """Learn what vectors, authors, categories and years count against words.

    Half of the lists, by their names, are learned from, the others check what came of it. The
    shares that Bookwheel comes with stay as they are: the file takes their place when it is put
    into the package as data/taste.json.
    """
    lists = reading_lists(path)
    always = chain.from_iterable(lists.values())
    papers = installed(files, candidates=candidates, always=always, seed=seed, remark=remark)
    chosen = trials(lists, papers, likes=LIKES, draws=draws, seed=seed)
    with display() as tell, opened(papers, tell) as engine:
        found = weights.parts(engine, papers, chosen)
        learned, checked = weights.halves(
            list(counted(found, len(chosen), step="ranking", tell=tell))
        )
    if not learned or not checked:
        raise InputError(
            f"Too few lists in {path} have papers that are held here: some are learned from, "
            "others check. Import their papers, or add them with --papers."
        )
    factors = weights.learn(learned)
    for said, some in (("learned from", learned), ("checked on", checked)):
        before, after, gained = weights.gain(some, factors)
        count = len({one.name for one in some})
        click.echo(
            f"{count} lists {said}: nDCG@100 {before:.4f} before, {after:.4f} after, "
            f"{gained.mean:+.4f} ({gained.low:+.4f} to {gained.high:+.4f})"
        )
    made = weights.scaled(Shares.shipped(), factors)
    click.echo(made.json(), nl=False)
    if out:
        out.write_text(made.json())
