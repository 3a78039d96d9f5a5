"""`bookwheel index`: make new papers searchable, or build everything in `index/` again."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bookwheel.actions.build_index import build_index
from bookwheel.actions.prepare_data_folder import prepare


@click.command()
@click.option("--rebuild", is_flag=True, help="Build the whole index again from the database.")
def command(rebuild: bool) -> None:
    """Make new papers searchable. Readers go on with the index in use until it is done."""
    prepare()
    columns = (TextColumn("indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("indexing", total=None)
        added = build_index(
            lambda done, total: bar.update(task, completed=done, total=total), rebuild=rebuild
        )
    click.echo(f"{added:,} papers indexed." if added else "The index is up to date.")
