"""`bookwheel bench answers`: how well evidence is chosen, and whether forgeries are shown."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.assistant.evidence import shipped
from bookwheel.bench import answers, report
from bookwheel.bench.evidence import Collection, learned, parted
from bookwheel.cli import bench_display


@click.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="SCIFACT"
)
@click.option(
    "--learn",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Learn the weights anew, write them here and judge them.",
)
@click.option(
    "--answers",
    "count",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    help="Answers of a model that forges, each checked.",
)
@bench_display.as_json
def command(folder: Path, learn: Path | None, count: int, as_json: bool) -> None:
    """Choose sentences that bear on SciFact's claims, and let a forger write answers.

    SCIFACT holds corpus.jsonl and claims_train.jsonl, whose evidence names sentences. Three fifths
    of the abstracts are learned from, the others checked with.
    """
    collection = Collection(folder)
    ours, check = parted(collection.cases(folder))
    weights = learned(ours, collection) if learn else shipped()
    if learn:
        weights.save(learn, about="bookwheel bench answers SCIFACT --learn FILE", cases=len(ours))
    rows = answers.evidence(ours, check, collection, weights)
    if count:
        rows.append(answers.forgeries(check, collection, count))
    report.show(rows, as_json=as_json)
