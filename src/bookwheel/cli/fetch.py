"""`bookwheel fetch` and `bookwheel attach`: full texts from arXiv or from a file."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.actions.attach_document import attach_document
from bookwheel.actions.fetch_document import fetch_document
from bookwheel.arxiv.client import arxiv_client
from bookwheel.errors import FullTextError, SourceError
from bookwheel.models import FullText
from bookwheel.queries import found

_PATIENCE = 600.0  # seconds for a turn


@click.command()
@click.argument("identifiers", nargs=-1, required=True, metavar="ID...")
def command(identifiers: tuple[str, ...]) -> None:
    """Fetch the full text of papers that are here from arXiv, politely: seconds for each file."""
    failed = 0
    with arxiv_client() as client:
        for paper in found.papers(list(identifiers)):
            try:
                text = fetch_document(client, paper, patience=_PATIENCE)
            except (SourceError, FullTextError) as error:
                click.echo(f"{paper.arxiv_id}: {error}", err=True)
                failed += 1
            else:
                click.echo(_told(text))
    if failed:
        raise SystemExit(1)


@click.command()
@click.argument("identifier", metavar="ID")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", type=int, help="Version that the file is; without it the newest.")
def attach(identifier: str, file: Path, version: int | None) -> None:
    """Keep a file (HTML, TeX or PDF) as the full text of a paper that is here."""
    (paper,) = found.papers([identifier])
    click.echo(_told(attach_document(paper, file, version)))


def _told(text: FullText) -> str:
    return f"{text}: read from {text.source.upper()}, {text.size / 1000:,.0f} kB."
