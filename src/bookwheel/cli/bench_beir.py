"""`bookwheel bench beir`: the same measures on a collection that has its own corpus."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.bench import beir, finders
from bookwheel.cli import bench_display
from bookwheel.cli.bench_questions import ask


@click.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"
)
@click.option("--split", metavar="NAME", help="Which questions: test, if there are several.")
@bench_display.methods(finders.METHODS)
@bench_display.rerank
@bench_display.encoder
@bench_display.as_json
def command(
    folder: Path,
    split: str | None,
    methods: tuple[str, ...],
    rerank: bool,
    encoder: Path | None,
    as_json: bool,
) -> None:
    """Search a collection with its own corpus, in BEIR's layout or SciFact's. Needs no papers.

    FOLDER holds corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv; or, in place of the last two,
    queries_SPLIT.jsonl whose lines name their answers. Ctrl-C prints what is done so far.
    """
    found = beir.read(folder, split)
    bench_display.remark(f"Split {found.split}.")
    ask(
        found.questions,
        found.papers,
        methods=methods,
        rerank=rerank,
        encoder=encoder,
        as_json=as_json,
    )
