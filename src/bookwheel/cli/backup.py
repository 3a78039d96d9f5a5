"""`bookwheel backup`: an installation in one file."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bookwheel.actions.back_up import back_up
from bookwheel.actions.prepare_data_folder import prepare


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write everything that cannot be made again into FILE, such as bookwheel.tar.zst.

    Readers go on reading and papers arriving meanwhile. FILE holds the key that signs sessions and
    all that readers have: keep it where only you can read it. `bookwheel restore` brings it back.
    """
    prepare()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("copying the database", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        size = back_up(file.absolute(), show)
    click.echo(f"{file}: {size / 1e6:,.1f} MB.")
