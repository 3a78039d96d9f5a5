"""The command line. Each command lives in its own file and is imported only when it is called.

Leaves out all work: a command parses its options, calls queries or actions, and prints.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from bookwheel import __version__
from bookwheel.cli.lazy import Command, Lazy
from bookwheel.config import config, override
from bookwheel.errors import BookwheelError

# Before numpy is loaded: its products here are small, and threads of several processes that wait
# for each other on the same two cores made a search five times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

INTERRUPTED = 130  # exit status after Ctrl-C, as shells have it


COMMANDS = {
    "serve": Command("bookwheel.cli.serve", "Open the reading room in a browser."),
    "import": Command("bookwheel.cli.import_papers", "Load papers from arXiv's metadata dump."),
    "setup": Command("bookwheel.cli.setup", "Choose which papers arrive by themselves."),
    "harvest": Command("bookwheel.cli.harvest", "Fetch what arXiv announced, or single papers."),
    "worker": Command("bookwheel.cli.worker", "Fetch what arXiv announces, without the site."),
    "fetch": Command("bookwheel.cli.fetch", "Fetch the full text of papers from arXiv."),
    "attach": Command("bookwheel.cli.attach", "Keep a file as the full text of a paper."),
    "index": Command(
        "bookwheel.cli.index", "Make new papers searchable, or build the index again."
    ),
    "search": Command("bookwheel.cli.search", "Search the papers."),
    "ask": Command("bookwheel.cli.ask", "Ask the papers; answers with quotations."),
    "read": Command(
        "bookwheel.cli.read",
        "Print the text of a paper, from a file or held here.",
        database=False,
    ),
    "export": Command("bookwheel.cli.export", "Print papers as JSON or BibTeX."),
    "library": Command("bookwheel.cli.library", "Bring references in, take the library out."),
    "digest": Command("bookwheel.cli.digest", "Look at digests by mail, or send those due."),
    "bibliography": Command(
        "bookwheel.cli.bibliography", "Check a list of references against the papers here."
    ),
    "mcp": Command("bookwheel.cli.mcp", "Serve tools to an assistant, by MCP."),
    "status": Command("bookwheel.cli.status", "Show what is there: papers, index, disk."),
    "check": Command("bookwheel.cli.check", "Verify that database and index agree."),
    "doctor": Command(
        "bookwheel.cli.doctor", "Explain what is wrong with this installation.", database=False
    ),
    "backup": Command("bookwheel.cli.backup", "Write everything into one file, while in use."),
    "restore": Command(
        "bookwheel.cli.restore", "Make the installation again from a backup.", database=False
    ),
    "database": Command(
        "bookwheel.cli.database", "Take an installation from SQLite to PostgreSQL, or back."
    ),
    "user": Command("bookwheel.cli.user", "Add, list and remove accounts, set passwords."),
    "train": Command("bookwheel.cli.train", "Train what Bookwheel ships trained.", database=False),
    "bench": Command(
        "bookwheel.cli.bench", "Measure rankings, searches and speed.", database=False
    ),
    "manage": Command("bookwheel.cli.manage", "Run one of Django's own commands."),
}


class Commands(Lazy):
    """All commands; prints errors made for people without a trace."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `--data PATH` out from wherever it stands, then parse the rest."""
        folder, rest = _take_data(args)
        if folder:
            override(data=folder)
        return super().parse_args(ctx, rest)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error that is no fault of ours becomes one line, exit status 1."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            raise SystemExit(INTERRUPTED) from None
        except Exception as error:
            told = _told(error)
            if not told:
                raise
            raise click.ClickException(told) from error


def _told(error: Exception) -> str:
    """What to say of an error; empty when only a trace can help."""
    database = sys.modules.get("django.db")  # a command without a database does not load it
    if isinstance(error, BrokenPipeError):  # who reads our output has had enough
        return ""
    if isinstance(error, BookwheelError | OSError):
        return str(error)
    if isinstance(error, UnicodeError):
        return "What was given is not text in UTF-8."
    if database and isinstance(error, database.DatabaseError):
        return (
            f"The database in {config().data} cannot be used: {error}. If this is the right "
            "folder, `bookwheel status` brings its tables up to date."
        )
    return ""


def _take_data(args: Sequence[str]) -> tuple[str, list[str]]:
    """Split off the last `--data PATH` or `--data=PATH` before any `--`."""
    folder, rest, waiting = "", list[str](), list(args)
    while waiting and waiting[0] != "--":
        argument = waiting.pop(0)
        if argument == "--data" and waiting:
            folder = waiting.pop(0)
        elif argument.startswith("--data="):
            folder = argument.removeprefix("--data=")
        else:
            rest.append(argument)
    return folder, rest + waiting


@click.group(cls=Commands, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bookwheel")
@click.option(
    "--data",
    metavar="PATH",
    help="Folder that holds everything; may stand before or after the command. "
    "Also BOOKWHEEL_DATA.",
)
def main(data: str | None) -> None:  # noqa: ARG001  (taken out by parse_args)
    """Bookwheel, a reading room for arXiv that learns what you want to read."""
