"""`bookwheel check`: do database and index agree."""

from __future__ import annotations

import click
import orjson

from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.queries.status import problems


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Verify that every paper is in the index once; if not, say what to do and exit with 1."""
    prepare()
    found = problems()
    if as_json:
        click.echo(orjson.dumps({"problems": found}, option=orjson.OPT_INDENT_2))
    else:
        click.echo("\n".join(found) or "Database and index agree.")
    raise SystemExit(1 if found else 0)
