"""Prepare the data folder: there, private, and with today's tables."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bookwheel.actions.purge import purge
from bookwheel.config import config
from bookwheel.errors import DataFolderError
from bookwheel.models.locks import alone


def prepare() -> None:
    """Make the folder (0700) and the tables where needed. Quick when there is nothing to do.

    Safe when several processes do it at once.

    Raises:
        DataFolderError: the folder cannot be written.
    """
    folder = config().data
    try:
        _make_private(folder)
        with alone("prepare"):
            if _tables_are_old():
                call_command("migrate", interactive=False, verbosity=0)
                call_command("createcachetable", verbosity=0)
        purge()
    except (OSError, DatabaseError, sqlite3.Error) as error:
        if isinstance(error, DatabaseError) and config().database_url:
            raise DataFolderError(
                f"The database cannot be used ({error}). Check BOOKWHEEL_DATABASE_URL, that the "
                "server runs, and that its user may make tables."
            ) from error
        raise DataFolderError(
            f"The data folder {folder} cannot be prepared ({error}). Check who owns it and that "
            "the disk is not full, or choose another folder with --data or BOOKWHEEL_DATA."
        ) from error


def _make_private(folder: Path) -> None:
    made = not folder.exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if made:
        folder.chmod(0o700)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(f"no permission to write in {folder}")


def _tables_are_old() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
