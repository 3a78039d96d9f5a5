"""`bookwheel fetch`: full texts from arXiv."""

from __future__ import annotations

import click

from bookwheel.actions.fetch_document import fetch_document
from bookwheel.arxiv.client import arxiv_client
from bookwheel.errors import FullTextError, SourceError
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
                click.echo(f"{text}: read from {text.source.upper()}, {text.size / 1000:,.0f} kB.")
    if failed:
        raise SystemExit(1)
