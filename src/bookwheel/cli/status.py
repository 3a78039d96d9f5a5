"""`bookwheel status`: what is there."""

from __future__ import annotations

from dataclasses import asdict

import click
import orjson

from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.queries.status import Status, status

_MEGA = 1_000_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Show papers, last day, index and disk."""
    prepare()
    found = status()
    if as_json:
        click.echo(orjson.dumps(asdict(found), option=orjson.OPT_INDENT_2))
        return
    click.echo(f"folder    {found.data}")
    click.echo(f"papers    {found.papers:,}, the last of {found.last_day or 'no day yet'}")
    waiting = f", {found.waiting:,} waiting: run `bookwheel index`" if found.waiting else ""
    click.echo(f"index     {found.indexed:,} papers, generation {found.generation}{waiting}")
    click.echo(f"encoder   {_encoder(found)}")
    click.echo(
        f"disk      database {found.database_bytes / _MEGA:,.0f} MB, "
        f"index {found.index_bytes / _MEGA:,.0f} MB, {found.free_bytes / _MEGA:,.0f} MB free"
    )
    click.echo(f"readers   {found.readers}")


def _encoder(found: Status) -> str:
    if not found.encoder or found.encoder == found.encoder_wanted:
        return found.encoder or "none yet"
    told = f"{found.encoder}, and {found.encoder_wanted} is wanted"
    if found.encoded:
        done, total = found.encoded
        return f"{told}: {done:,} of {total:,} papers are encoded again"
    return f"{told}: run `bookwheel index`"
