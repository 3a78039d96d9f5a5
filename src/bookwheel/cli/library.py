"""`bookwheel library …`: a reader's library in and out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import click
import orjson

from bookwheel.actions.import_library import Imported, Wishes, import_library
from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.actions.restore_archive import restore_archive
from bookwheel.cli.whose import reader_named
from bookwheel.content.citations import (
    Cited,
    to_bibtex,
    to_csl,
    to_csv,
    to_markdown,
    to_ris,
)
from bookwheel.content.references.pdfs import read_pdfs
from bookwheel.content.references.read import READERS, decoded, read_references
from bookwheel.content.references.reference import References
from bookwheel.content.references.sanity import read_sanity
from bookwheel.errors import InputError, NotFoundError
from bookwheel.queries.archive import archive
from bookwheel.queries.matching import Match, matched
from bookwheel.queries.tags import tag_named
from bookwheel.queries.taken_out import taken_out

_SQLITE = b"SQLite format 3\0"
_SHOWN = 10  # problems that are written out


@click.group()
def command() -> None:
    """Bring references in, take the library out."""
    prepare()


@command.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path, allow_dash=True))
@click.option(
    "--reader", "name", default="", help="Whose library; needed where there are accounts."
)
@click.option("--tag", default="", help="Put all papers under this tag.")
@click.option("--like", is_flag=True, help="Like all papers.")
@click.option("--own-tags", is_flag=True, help="Make tags of keywords, collections and folders.")
@click.option("--matched-only", is_flag=True, help="Keep no private papers of what is not here.")
@click.option("--format", "form", type=click.Choice(list(READERS)), help="Instead of a guess.")
@click.option("--user", default="", help="In arXiv Sanity Lite's database: only this user's tags.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(
    file: Path,
    name: str,
    tag: str,
    like: bool,
    own_tags: bool,
    matched_only: bool,
    form: str | None,
    user: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import BibTeX, RIS, CSL-JSON, a Zotero export, a list of links, a folder of PDFs or the
    database of arXiv Sanity Lite. `-` reads standard input.
    """
    reader = reader_named(name)
    read = _read(file, form or "", user)
    matches = matched(read.entries)
    if not (tag or like or own_tags or dry_run):
        raise click.UsageError("Say where papers go: --tag NAME, --like or --own-tags.")
    wishes = Wishes(tag, like, own_tags, keep_unmatched=not matched_only)
    done = Imported() if dry_run else import_library(reader, read.entries, matches, wishes)
    report = _report(read, matches, done, dry_run=dry_run)
    if as_json:
        click.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    else:
        _tell(report)


_WRITERS: dict[str, Callable[[list[Cited]], str]] = {
    "bibtex": to_bibtex,
    "ris": to_ris,
    "csl": to_csl,
    "markdown": to_markdown,
    "csv": to_csv,
}


@command.command()
@click.option(
    "--reader", "name", default="", help="Whose library; needed where there are accounts."
)
@click.option("--tag", default="", help="Only what is under this tag.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_WRITERS, "archive"]),
    default="bibtex",
    show_default=True,
    help="`archive`: all that is the reader's, to be restored elsewhere.",
)
def export(name: str, tag: str, form: str) -> None:
    """Print the library, or with `--format archive` everything that is a reader's."""
    reader = reader_named(name)
    if form == "archive":
        click.echo(orjson.dumps(archive(reader), option=orjson.OPT_INDENT_2))
        return
    chosen = tag_named(reader, tag) if tag else None
    if tag and chosen is None:
        raise NotFoundError(f"{reader.username} has no tag “{tag}”.")
    click.echo(_WRITERS[form](taken_out(reader, chosen)), nl=False)


@command.command()
@click.argument("file", type=click.File("rb"))
@click.option("--reader", "name", default="", help="An account that is new.")
def restore(file: BinaryIO, name: str) -> None:
    """Restore an archive into a new account, with the papers that are not here yet."""
    reader = reader_named(name)
    try:
        held = orjson.loads(file.read())
    except orjson.JSONDecodeError as error:
        raise InputError(f"This is no archive: {error}.") from error
    counts = restore_archive(reader, held)
    for table, count in counts.items():
        if count:
            click.echo(f"{count:,}\t{table}")
    click.echo("Restored. `bookwheel index` makes papers that were not here searchable.")


def _read(file: Path, form: str, user: str) -> References:
    if str(file) == "-":
        return read_references(decoded(sys.stdin.buffer.read()), form)
    if file.is_dir():
        return read_pdfs(file)
    data = file.read_bytes()
    if data.startswith(_SQLITE):
        return read_sanity(file, user)
    return read_references(decoded(data), form)


def _report(
    read: References, matches: list[Match], done: Imported, *, dry_run: bool
) -> dict[str, object]:
    how = [match.how for match in matches]
    return {
        "format": read.form,
        "entries": len(read.entries),
        "found_by": {name: how.count(name) for name in ("arxiv", "doi", "title")},
        "not_here": how.count(""),
        "problems": [{"line": each.line, "reason": each.reason} for each in read.problems],
        "done": None
        if dry_run
        else {
            "tagged": done.tagged,
            "liked": done.liked,
            "private": done.private,
            "known": done.known,
            "tags_left_out": done.left_out,
            "change": done.change.pk if done.change else None,
        },
    }


def _tell(report: dict[str, object]) -> None:
    by, done, problems = report["found_by"], report["done"], report["problems"]
    assert isinstance(by, dict) and isinstance(problems, list)
    click.echo(
        f"{report['entries']:,} entries read as {report['format']}: {by['arxiv']:,} found by arXiv "
        f"identifier, {by['doi']:,} by DOI, {by['title']:,} by title; {report['not_here']:,} are "
        "not here."
    )
    for each in problems[:_SHOWN]:
        click.echo(f"  line {each['line']}: {each['reason']}")
    if len(problems) > _SHOWN:
        click.echo(f"  and {len(problems) - _SHOWN:,} more problems; --json lists all.")
    if isinstance(done, dict):
        click.echo(
            f"{done['tagged']:,} tagged, {done['liked']:,} liked, {done['private']:,} kept as "
            f"private papers, {done['known']:,} were there."
        )
