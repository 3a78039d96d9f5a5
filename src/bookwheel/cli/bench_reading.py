"""`bookwheel bench reading`: how far the forms of a paper agree."""

from __future__ import annotations

from dataclasses import asdict
from itertools import combinations
from pathlib import Path

import click
import orjson

from bookwheel.bench.reading import agreement
from bookwheel.content.fulltext.sandbox import read_file

_SHOWN = ("sentences", "exact", "sections", "references", "figures")


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--missing", is_flag=True, help="Print the sentences that do not agree.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(files: tuple[Path, ...], missing: bool, as_json: bool) -> None:
    """Compare two or more files of one paper (HTML, packed TeX, PDF): the share of sentences,
    sections, references and captions that agree, each way, the lower one. `exact` are sentences
    of which every word is the same; of the others nine in ten words must be, formulas masked.
    """
    if len(files) < 2:
        raise click.UsageError("Name at least two files of the same paper.")
    read = {file: read_file(file) for file in files}
    pairs = [
        {"first": str(a), "second": str(b), **asdict(agreement(read[a], read[b]))}
        for a, b in combinations(files, 2)
    ]
    if as_json:
        click.echo(orjson.dumps({"pairs": pairs}, option=orjson.OPT_INDENT_2))
        return
    click.echo("sentences     exact  sections  references  captions  of")
    for pair in pairs:
        shares = [
            pair[name] for name in ("sentences", "exact", "sections", "references", "figures")
        ]
        widths = (9, 10, 10, 12, 10)
        line = "".join(f"{share:>{width}.1%}" for share, width in zip(shares, widths, strict=True))
        click.echo(f"{line}  {pair['first']} and {pair['second']} ({pair['counted']} sentences)")
        for sentence in pair["missing"] if missing else ():
            click.echo(f"  {sentence}")
