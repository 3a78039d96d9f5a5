"""`bookwheel manage …`: Django's own commands, for operators who know them."""

from __future__ import annotations

import click
from django.core.management import execute_from_command_line


@click.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as `dbshell` or `check --deploy`."""
    execute_from_command_line(["bookwheel manage", *arguments])
