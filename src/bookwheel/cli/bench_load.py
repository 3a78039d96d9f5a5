"""`bookwheel bench load`: how the site does while many readers use it."""

from __future__ import annotations

import click

from bookwheel.bench import load, report
from bookwheel.cli import bench_display
from bookwheel.cli.bench_feeds import count
from bookwheel.config import config


@click.command()
@count("--readers", 50, "How many use the site at the same time.")
@count("--accounts", 50, "How many have an account, with tags that are learned when used.")
@count("--tags", 3, "How many tags each of them has, of ten papers each.")
@count("--seconds", 300, "For how long.")
@click.option(
    "--think",
    type=click.FloatRange(min=0, min_open=True),
    default=5.0,
    show_default=True,
    help="Mean seconds between two visits of one reader.",
)
@click.option(
    "--database",
    default="",
    metavar="URL",
    help="An empty PostgreSQL database to copy the installation's into, in place of SQLite.",
)
@bench_display.as_json
def command(
    readers: int,
    accounts: int,
    tags: int,
    seconds: int,
    think: float,
    database: str,
    as_json: bool,
) -> None:
    """Let many readers use a copy of the installation, each in their own way.

    Out of a hundred visits 25 open the feed, 20 search, 20 open a paper, 15 a tag, 10 keep a paper,
    and 10 ask the papers, without a language model. Times are those of whole pages. The readers run
    on the same cores as the site.
    """
    crowd = load.Crowd(readers, accounts, tags, seconds, think)
    with bench_display.display() as tell:
        rows = load.of_installation(config().data, crowd, database=database, tell=tell)
    report.show(rows, as_json=as_json)
