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

from bookwheel.actions.follow_import import following
from bookwheel.actions.import_papers import STDIN, ImportResult, import_papers
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.arxiv.sample import SAMPLE, sample_path
from bookwheel.arxiv.selection import Selection
from bookwheel.cli import INTERRUPTED
from bookwheel.cli.import_display import display, summary
from bookwheel.core.categories import find_category

_day = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
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
    help="JSON of days on which papers were listed: day to identifiers.",
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
    days = _days(announced) if announced else {}
    prepare()
    start = time.monotonic()
    result, whole = _run(sources, chosen, days, index=not no_index, quiet=as_json)
    if as_json:
        shown = {key: value for key, value in asdict(result).items() if key != "bytes_read"}
        click.echo(orjson.dumps(shown, default=str, option=orjson.OPT_INDENT_2))
    else:
        click.echo(summary(result, time.monotonic() - start))
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


def _days(path: Path) -> dict[str, date]:
    """Day of listing by identifier, out of a file that has them the other way round."""
    try:
        told = orjson.loads(path.read_bytes())
        return {
            arxiv_id: date.fromisoformat(day) for day, listed in told.items() for arxiv_id in listed
        }
    except (ValueError, AttributeError, TypeError) as error:
        raise click.BadParameter(
            f"{path} must be a JSON object: day to a list of identifiers ({error}).",
            param_hint="--announced",
        ) from error


def _bytes(sources: Sequence[str]) -> int | None:
    """Size of all sources together, where it can be known."""
    paths = [Path(source) for source in sources]
    if STDIN in sources or not all(path.is_file() for path in paths):
        return None
    return sum(path.stat().st_size for path in paths)
