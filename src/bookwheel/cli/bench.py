"""`bookwheel bench`: how well papers are ranked and found, and how fast, each on its own files.

Leaves out the work, which is in `bookwheel.bench`.
"""

from __future__ import annotations

import click

from bookwheel.cli.lazy import Command, Lazy

COMMANDS: dict[str, Command] = {}


@click.group(cls=Lazy, table=COMMANDS)
def command() -> None:
    """Measure how well papers are ranked and found, and how fast.

    Each prints a table, or JSON with --json. Needs the extra: pip install 'bookwheel[bench]'.
    """
