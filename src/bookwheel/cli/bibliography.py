"""`bookwheel bibliography`: check a list of references against the papers here."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.progress import track

from bookwheel.actions.prepare_data_folder import prepare
from bookwheel.content.mended import mended
from bookwheel.content.plain import to_text
from bookwheel.content.references.listed import read_bibliography
from bookwheel.content.references.read import decoded
from bookwheel.content.references.reference import References
from bookwheel.queries.checked import Checked, Note, Verdict, check

_NOTES = {
    Note.NEWER: "an older version is cited",
    Note.PUBLISHED: "it was published since",
    Note.WITHDRAWN: "it was withdrawn",
    Note.REMOVED: "arXiv took it away",
}
_NAMED = 60  # letters of an entry that has no key


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path, allow_dash=True))
@click.option("--mended", "to", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the corrected BibTeX here.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def command(file: Path, to: Path | None, as_json: bool) -> None:
    """Check a .bib, a .bbl or a printed list of references; `-` reads standard input.

    Says which references are right, which are wrong and in what, which identifiers belong to
    another paper, and what has newer versions, was published or withdrawn. Of papers that are not
    held here nothing can be said. Ends with 1 if something is wrong.
    """
    prepare()
    data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    read = read_bibliography(decoded(data))
    entries = track(
        check(read.entries),
        total=len(read.entries),
        description="checking",
        console=Console(stderr=True),
        transient=True,
    )
    found = list(entries)
    if to:
        to.write_text("\n\n".join(filter(None, map(_mended, found))) + "\n", encoding="utf-8")
    if as_json:
        click.echo(orjson.dumps(_report(read, found), option=orjson.OPT_INDENT_2))
    else:
        _tell(read, found)
    wrong = any(one.verdict in (Verdict.DIFFERS, Verdict.OTHER) for one in found)
    raise SystemExit(1 if wrong else 0)


def _mended(one: Checked) -> str:
    paper = one.meant if one.verdict is Verdict.OTHER else one.paper
    wrong = {difference.field for difference in one.differences}
    return mended(one.entry, paper, wrong | ({"arxiv", "doi"} if one.meant else set()))


def _report(read: References, found: list[Checked]) -> dict[str, object]:
    return {
        "form": read.form,
        "entries": [
            {
                "line": one.entry.line,
                "key": one.entry.key,
                "verdict": one.verdict.value,
                "paper": one.paper and one.paper.arxiv_id,
                "meant": one.meant and one.meant.arxiv_id,
                "differences": [
                    {"field": each.field, "said": each.said, "right": each.right}
                    for each in one.differences
                ],
                "notes": [note.value for note in one.notes],
                "mended": _mended(one),
            }
            for one in found
        ],
        "problems": [{"line": each.line, "reason": each.reason} for each in read.problems],
    }


def _tell(read: References, found: list[Checked]) -> None:
    for one in found:
        for told in _lines(one):
            click.echo(f"{one.entry.line}: {_name(one)}: {told}")
    for problem in read.problems:
        click.echo(f"{problem.line}: {problem.reason}", err=True)
    counts = {each: sum(one.verdict is each for one in found) for each in Verdict}
    click.echo(
        f"{counts[Verdict.RIGHT]:,} right, {counts[Verdict.DIFFERS]:,} with mistakes, "
        f"{counts[Verdict.OTHER]:,} with another paper's identifier, "
        f"{counts[Verdict.UNKNOWN]:,} not held here."
    )


def _lines(one: Checked) -> list[str]:
    told = [f"{each.field} is {each.right!r}, not {each.said!r}" for each in one.differences]
    if one.verdict is Verdict.OTHER and one.paper:
        told.append(f"{one.paper.arxiv_id} is {to_text(one.paper.title)!r}")
        if one.meant:
            told.append(f"{one.meant.arxiv_id} may be meant")
    if one.verdict is Verdict.UNKNOWN:
        told.append("not held here")
    return told + [_NOTES[note] for note in one.notes]


def _name(one: Checked) -> str:
    return one.entry.key or (one.entry.title or one.entry.source or one.entry.arxiv_id)[:_NAMED]
