"""`bookwheel index`: make new papers searchable, or build everything in `index/` again."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bookwheel.actions.build_index import build_index
from bookwheel.actions.index_figures import reindex_figures
from bookwheel.actions.index_passages import reindex_passages
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.actions.reencode_index import reencode_index


@click.command()
@click.option("--rebuild", is_flag=True, help="Build the whole index again from the database.")
@click.option("--passages", is_flag=True, help="Only the index of full texts, again from them.")
@click.option("--figures", is_flag=True, help="Only the index of figures, again from captions.")
def command(rebuild: bool, passages: bool, figures: bool) -> None:
    """Make new papers searchable. Readers go on with the index in use until it is done.

    When another encoder is wanted than the one that made the index, all papers are encoded again.
    """
    prepare()
    columns = (TextColumn("indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("indexing", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        if passages:
            click.echo(f"The passages of {reindex_passages(show):,} papers indexed.")
            return
        if figures:
            click.echo(f"The figures of {reindex_figures(show):,} papers indexed.")
            return
        added = build_index(show, rebuild=rebuild)
        encoded = reencode_index(show)
    if added:
        click.echo(f"{added:,} papers indexed.")
    if encoded:
        click.echo(f"{encoded:,} papers encoded again, with the encoder that is wanted now.")
    if not added and not encoded:
        click.echo("The index is up to date.")
