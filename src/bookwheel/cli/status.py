"""`bookwheel status`: what is there."""

from __future__ import annotations

from dataclasses import asdict

import click
import orjson
from django.utils import timezone

from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.queries.health import BEHIND, health, lines
from bookwheel.queries.status import Status, status

_MEGA = 1_000_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--check", is_flag=True, help="Exit with 1 when behind arXiv's announcements.")
def command(as_json: bool, check: bool) -> None:
    """Show papers, last day, index, disk, and whether arXiv's announcements are here."""
    prepare()
    found, well = status(), health(timezone.now())
    if as_json:
        told = asdict(found) | {"arxiv": asdict(well)}
        click.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    else:
        _print(found)
        for line in lines(well):
            click.echo(f"arxiv     {line}")
    raise SystemExit(1 if check and well.state == BEHIND else 0)


def _print(found: Status) -> None:
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
