"""`bookwheel train`: learn anew what Bookwheel ships trained."""

from __future__ import annotations

import click

from bookwheel.cli.lazy import Command, Lazy

COMMANDS = {
    "encoder": Command(
        "bookwheel.cli.train_encoder",
        "Learn the table of word vectors from papers.",
        database=False,
    ),
    "taste": Command(
        "bookwheel.cli.train_taste", "Learn from reading lists how much each signal counts."
    ),
}


@click.group(cls=Lazy, table=COMMANDS)
def command() -> None:
    """Train what Bookwheel ships trained."""
