"""`bookwheel import`: load papers from arXiv's metadata dump."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from types import FrameType

import click
import orjson

from bookwheel.actions.build_index import build_index
from bookwheel.actions.follow_import import following
from bookwheel.actions.follow_source import go_on_after_import
from bookwheel.actions.import_papers import STDIN, ImportResult, import_papers
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.actions.store_announcements import StoredAnnouncements, store_announcements
from bookwheel.arxiv.announced import KINDS, Announced, read
from bookwheel.arxiv.sample import SAMPLE, sample_path
from bookwheel.arxiv.selection import Selection
from bookwheel.cli import INTERRUPTED
from bookwheel.cli.import_display import display, summary
from bookwheel.core.categories import find_category
from bookwheel.errors import InputError

_day = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="CAT",
    help="Only this category or archive, such as cs.LG or math; repeat for more.",
)
@click.option("--since", type=_day, metavar="DAY", help="Only papers first submitted on or after.")
@click.option("--until", type=_day, metavar="DAY", help="Only papers first submitted on or before.")
@click.option(
    "--announced",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="JSON of days on which papers were listed: day to identifiers, or to new, cross, replace "
    "and replace-cross with identifiers each. Without a FILE, for the papers that are there.",
)
@click.option("--no-index", is_flag=True, help="Only store; `bookwheel index` makes searchable.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(
    files: tuple[str, ...],
    categories: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    announced: Path | None,
    no_index: bool,
    as_json: bool,
) -> None:
    """Load papers from arXiv's metadata dump, plain, .gz, .zst or .zip.

    FILE may be - for standard input, or the word sample for the papers that come with Bookwheel.
    Can be stopped with Ctrl-C at any moment; the same command goes on where it was.
    """
    sources = [str(sample_path()) if name == SAMPLE else name for name in files]
    chosen = Selection(
        tuple(map(_category, categories)), since and since.date(), until and until.date()
    )
    if not sources and not announced:
        raise click.UsageError("Name a FILE, or a file of announcements with --announced.")
    told = _announcements(announced) if announced else []
    prepare()
    start = time.monotonic()
    result, whole = _run(sources, chosen, _days(told), index=not no_index, quiet=as_json)
    stored = store_announcements(told)
    if any(name != SAMPLE for name in files):
        go_on_after_import(chosen.categories)
    if stored.dated and not no_index:
        build_index()
    if as_json:
        shown = {key: value for key, value in asdict(result).items() if key != "bytes_read"}
        shown["announcements"] = stored.stored
        click.echo(orjson.dumps(shown, default=str, option=orjson.OPT_INDENT_2))
    elif sources:
        click.echo(summary(result, time.monotonic() - start))
    if announced and not as_json:
        click.echo(_said(stored))
    if not whole:
        click.echo("Not all papers can be found yet: `bookwheel index` does the rest.", err=True)
    raise SystemExit(0 if whole and not result.stopped_at else INTERRUPTED)


def _run(
    sources: Sequence[str],
    chosen: Selection,
    days: dict[str, date],
    *,
    index: bool,
    quiet: bool,
) -> tuple[ImportResult, bool]:
    """Import; the second value is false when the index was left unfinished."""
    with ExitStack() as stack:
        stop = stack.enter_context(_interrupts())
        follower = stack.enter_context(following()) if index else None
        shown = stack.enter_context(display(_bytes(sources), quiet=quiet))
        result = import_papers(
            sources, chosen=chosen, announced=days, progress=shown.importing, stop=stop
        )
        whole = not follower or (not result.stopped_at and follower.finish(shown.indexing, stop))
    return result, whole


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Gives a function that tells whether to stop. A second Ctrl-C ends everything at once."""
    asked = False

    def ask(number: int, _: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(number, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _category(text: str) -> str:
    try:
        return find_category(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--category") from error


def _announcements(path: Path) -> list[Announced]:
    try:
        return read(path.read_bytes())
    except InputError as error:
        raise click.BadParameter(f"{path}: {error}.", param_hint="--announced") from error


def _days(told: list[Announced]) -> dict[str, date]:
    """First day of listing as new, by identifier."""
    new = sorted((one.day, one.arxiv_id) for one in told if one.kind == KINDS[0])
    return {arxiv_id: day for day, arxiv_id in reversed(new)}


def _said(stored: StoredAnnouncements) -> str:
    said = f"{stored.stored:,} announcements stored, which gave {stored.dated:,} papers their day."
    if stored.unknown:
        said += f" {stored.unknown:,} are of papers that are not here."
    return said


def _bytes(sources: Sequence[str]) -> int | None:
    """Size of all sources together, where it can be known."""
    paths = [Path(source) for source in sources]
    if STDIN in sources or not all(path.is_file() for path in paths):
        return None
    return sum(path.stat().st_size for path in paths)
