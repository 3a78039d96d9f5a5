"""`bookwheel read`: the text of a paper, from a file or as it is held here."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from bookwheel.cli.lazy import set_up_django
from bookwheel.core.document import Document
from bookwheel.core.document_json import document_to_json


@click.command()
@click.argument("what", metavar="FILE|ID")
@click.option("--json", "as_json", is_flag=True, help="Print the structure as JSON.")
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the figures that are in the file into this folder.",
)
def command(what: str, as_json: bool, pictures: Path | None) -> None:
    """Print the text of a paper: of an HTML page, TeX (also packed) or a PDF on disk, or of a paper
    held here, by its arXiv identifier (a version may be named: 1706.03762v5).

    A file is read in a process of its own, with limits on time and memory.
    """
    path = Path(what)
    document = _from_file(path, pictures) if path.is_file() else _held(what)
    if as_json:
        click.echo(orjson.dumps(document_to_json(document), option=orjson.OPT_INDENT_2))
        return
    from bookwheel.cli.read_display import show

    show(document)


def _from_file(path: Path, pictures: Path | None) -> Document:
    from bookwheel.content.fulltext.sandbox import read_file

    return read_file(path, folder=pictures)


def _held(what: str) -> Document:
    from bookwheel.core.paper_ids import parse_id
    from bookwheel.errors import IdentifierError

    try:
        identifier = parse_id(what)
    except IdentifierError as error:
        raise click.UsageError(
            f"There is no file “{what}”, and it is no arXiv identifier such as 1706.03762."
        ) from error
    set_up_django()
    from bookwheel.queries import found
    from bookwheel.queries.documents import document_of

    (paper,) = found.papers([identifier.base])
    return document_of(paper, identifier.version)
