"""Groups of commands that are imported when one is called, so that `--help` loads nothing heavy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click


@dataclass(frozen=True)
class Command:
    """Where a command lives, as `command` in a module, and its line in the list of commands."""

    module: str
    help: str
    database: bool = True  # whether Django must be set up before the module is imported


class Lazy(click.Group):
    """A group whose commands stand in a table."""

    def __init__(self, *args: Any, table: Mapping[str, Command], **options: Any) -> None:
        super().__init__(*args, **options)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self._table:
            return None
        found = self._table[cmd_name]
        if found.database:
            set_up_django()
        command: click.Command = import_module(found.module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in self._table.items()])


def set_up_django() -> None:
    """Make models usable."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    django.setup()
