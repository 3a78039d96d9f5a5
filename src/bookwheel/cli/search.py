"""`bookwheel search`: the search of the pages, on the command line."""

from __future__ import annotations

import click
import orjson

from bookwheel.errors import QueryError
from bookwheel.index.engine import DEPTH
from bookwheel.queries import found


@click.command()
@click.argument("text")
@click.option(
    "-k",
    "count",
    type=click.IntRange(1, DEPTH),
    default=10,
    show_default=True,
    help="How many papers to print.",
)
@click.option("--sort", type=click.Choice(["score", "date"]), default="score", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(text: str, count: int, sort: str, as_json: bool) -> None:
    """Search all papers, in the language that docs/search.md describes."""
    try:
        hits = found.search(text, k=count, sort=sort)
    except QueryError as error:
        raise click.ClickException(f"{error}\n  {text}\n  {' ' * error.position}^") from error
    if as_json:
        shown = [
            {
                "id": hit.paper.arxiv_id,
                "title": hit.paper.title,
                "score": hit.score,
                "parts": hit.parts,
            }
            for hit in hits
        ]
        click.echo(orjson.dumps({"hits": shown}, option=orjson.OPT_INDENT_2))
        return
    for hit in hits:
        click.echo(f"{hit.score:7.2f}  {hit.paper.arxiv_id:<16} {hit.paper.title}")
    if not hits:
        click.echo("Nothing found.", err=True)
