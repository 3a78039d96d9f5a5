"""`bookwheel bench search`: how well papers are found that are known to answer questions."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.bench import finders, inputs
from bookwheel.bench.installed import installed
from bookwheel.cli import bench_display
from bookwheel.cli.bench_questions import ask


@click.command()
@click.argument("path", type=bench_display.a_file, metavar="QUESTIONS.jsonl")
@bench_display.papers
@bench_display.methods(finders.METHODS)
@bench_display.rerank
@bench_display.encoder
@bench_display.as_json
def command(
    path: Path,
    files: tuple[Path, ...],
    methods: tuple[str, ...],
    rerank: bool,
    encoder: Path | None,
    as_json: bool,
) -> None:
    """Search for the answers of questions where these are known, and look where they stand.

    QUESTIONS.jsonl has one JSON object a line: {"_id": "1", "text": "Which papers ...?",
    "relevant": ["1706.03762"]}. Ctrl-C prints what is done so far.
    """
    questions = inputs.questions(path)
    papers = installed(files, remark=bench_display.remark)
    ask(questions, papers, methods=methods, rerank=rerank, encoder=encoder, as_json=as_json)
