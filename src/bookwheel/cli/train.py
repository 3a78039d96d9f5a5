"""`bookwheel train encoder`: learn the table of word vectors from papers."""

from __future__ import annotations

import time
from pathlib import Path

import click

from bookwheel.actions.train_encoder import train_encoder


@click.group()
def command() -> None:
    """Train what Bookwheel ships trained."""


@command.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="File to write.",
)
@click.option(
    "--papers",
    type=click.IntRange(min=1),
    default=400_000,
    show_default=True,
    help="Learn from at most so many papers, drawn evenly; each takes about 4 kB of memory.",
)
def encoder(files: tuple[Path, ...], out: Path, papers: int) -> None:
    """Learn an encoder from arXiv's metadata dump, plain, .gz, .zst or .zip."""
    start = time.monotonic()

    def report(step: str) -> None:
        click.echo(f"{time.monotonic() - start:6.0f} s  {step}", err=True)

    made = train_encoder(files, out, papers=papers, report=report)
    click.echo(f"{out}: {len(made.vocabulary):,} features, {len(made.table):,} with a vector.")
