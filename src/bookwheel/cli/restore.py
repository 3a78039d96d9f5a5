"""`bookwheel restore`: an installation out of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.actions.restore_backup import restore_backup
from bookwheel.cli.lazy import set_up_django
from bookwheel.config import config
from bookwheel.errors import InputError


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Make the installation again that `bookwheel backup` put into FILE.

    The data folder must have none. The index is made anew, which takes as long as an import.
    """
    if config().database_url:
        raise InputError(
            "A backup is restored into the data folder: run this without BOOKWHEEL_DATABASE_URL, "
            "then `bookwheel database copy` with the address of an empty database."
        )
    about = restore_backup(file)
    click.echo(
        f"Restored from {about['made'][:16].replace('T', ' ')} UTC: {about['papers']:,} papers, "
        f"{about['readers']:,} readers. Making the index."
    )
    set_up_django()
    from bookwheel.actions.build_index import build_index
    from bookwheel.actions.index_figures import reindex_figures
    from bookwheel.actions.index_passages import reindex_passages
    from bookwheel.actions.prepare_data_folder import prepare

    prepare()
    build_index()
    reindex_passages()
    reindex_figures()
    click.echo("Done. `bookwheel check` verifies it.")
