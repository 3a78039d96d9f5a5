"""`bookwheel bench encode`: how many abstracts a second are encoded."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bookwheel.bench import encode, report, texts
from bookwheel.cli import bench_display
from bookwheel.config import config


@click.command()
@click.argument("files", nargs=-1, type=bench_display.a_file, metavar="[FILE...]")
@click.option(
    "--papers",
    type=click.IntRange(min=1),
    default=40_000,
    show_default=True,
    help="How many abstracts ours encodes, drawn evenly.",
)
@click.option(
    "--slow",
    type=click.IntRange(min=0),
    default=256,
    show_default=True,
    help="How many of these the transformer encodes; 0 leaves it out.",
)
@bench_display.encoder
@bench_display.as_json
def command(
    files: tuple[Path, ...], papers: int, slow: int, encoder: Path | None, as_json: bool
) -> None:
    """Time our encoder and all-MiniLM-L6-v2 (int8) on the same abstracts and as many cores.

    FILEs are dumps as `bookwheel import` takes them; without any, the papers of the installation
    are taken, or the sample where there are none.
    """
    if files:
        read, whole = texts.of_dumps(files, papers)
    else:
        read, whole = texts.of_installation(config().data, papers)
    cores = sorted({1, os.cpu_count() or 1})
    with bench_display.display() as tell:
        rows = [encode.ours(read, encoder, count, tell) for count in cores]
        if slow:
            rows += [encode.transformer(read[:slow], count, tell) for count in cores]
    report.show(encode.compared(rows, whole), as_json=as_json)
