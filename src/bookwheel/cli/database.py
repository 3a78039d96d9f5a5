"""`bookwheel database`: take an installation from SQLite to PostgreSQL, or back."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bookwheel import databases
from bookwheel.actions.copy_database import copy_database
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.config import config
from bookwheel.errors import InputError
from bookwheel.setting_values import database as address


@click.group()
def command() -> None:
    """Take an installation from SQLite to PostgreSQL, or back."""


@command.command()
@click.argument("to", metavar="sqlite|URL")
def copy(to: str) -> None:
    """Copy the whole database into an empty one, compare both, and say how to use it.

    URL is postgresql://user:password@host:port/name; `sqlite` is the file in the data folder. The
    database in use is only read. Stop the site and the worker first: what they write while it is
    copied would stay behind. Ctrl-C leaves the new database empty.
    """
    prepare()
    entry = _entry(to)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("copying", total=None)

        def show(table: str, done: int, total: int) -> None:
            bar.update(task, description=table, completed=done, total=total)

        copied = copy_database(entry, show)
    click.echo(f"{copied.rows:,} rows of {copied.tables} tables copied, and compared.")
    if to == "sqlite":
        click.echo("From now on run Bookwheel without BOOKWHEEL_DATABASE_URL.")
    else:
        click.echo("From now on run Bookwheel with BOOKWHEEL_DATABASE_URL set to that address.")


def _entry(to: str) -> dict[str, object]:
    try:
        entry = databases.sqlite(config().database) if to == "sqlite" else _other(to)
    except ValueError as error:
        raise InputError(f"{to} is no database that can be copied to: {error}.") from error
    if entry["NAME"] == databases.default(config())["NAME"]:
        raise InputError("That is the database in use.")
    return entry


def _other(url: str) -> dict[str, object]:
    if not url:
        raise ValueError("name one")
    return databases.postgresql(address(url))
