"""`bookwheel attach`: a full text from a file."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.actions.attach_document import attach_document
from bookwheel.queries import found


@click.command()
@click.argument("identifier", metavar="ID")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", type=int, help="Version that the file is; without it the newest.")
def command(identifier: str, file: Path, version: int | None) -> None:
    """Keep a file (HTML, TeX or PDF) as the full text of a paper that is here."""
    (paper,) = found.papers([identifier])
    text = attach_document(paper, file, version)
    click.echo(f"{text}: read from {text.source.upper()}, {text.size / 1000:,.0f} kB.")
