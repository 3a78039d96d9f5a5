"""`bookwheel bench answers`: how evidence is chosen, what passes the check, what models write."""

from __future__ import annotations

from pathlib import Path

import click

from bookwheel.assistant.evidence import shipped
from bookwheel.assistant.support import shipped as shipped_support
from bookwheel.bench import answers, generated, report, support, whole
from bookwheel.bench.asked import Shelves
from bookwheel.bench.evidence import Collection, learned, parted
from bookwheel.bench.report import Row
from bookwheel.cli import bench_display

ABOUT = "Learned by `bookwheel bench answers SCIFACT%s --learn FILE`."


@click.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="SCIFACT"
)
@click.option("--whole", "over_all", is_flag=True, help="Search the whole corpus for each claim.")
@click.option("--support", "supported", is_flag=True, help="What is shown as said or struck out.")
@click.option(
    "--model",
    type=bench_display.a_file,
    metavar="FILE.gguf",
    help="Let this model write the answers instead of a forger.",
)
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the model's answers here; a run that is started again goes on.",
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
    help="Answers of a model that forges, or of --model, each checked.",
)
@bench_display.as_json
def command(
    folder: Path,
    over_all: bool,
    supported: bool,
    model: Path | None,
    keep: Path | None,
    learn: Path | None,
    count: int,
    as_json: bool,
) -> None:
    """Choose sentences that bear on SciFact's claims, and check what models write of them.

    SCIFACT holds corpus.jsonl and claims_train.jsonl, whose evidence names sentences. Three fifths
    of the abstracts are learned from, the others checked with.
    """
    collection = Collection(folder)
    if over_all:
        report.show(_whole(folder, collection, learn), as_json=as_json)
    elif supported:
        report.show(_support(folder, collection, learn), as_json=as_json)
    elif model:
        report.show(_written(folder, collection, model, keep, count), as_json=as_json)
    else:
        report.show(_within(folder, collection, learn, count), as_json=as_json)


def _within(folder: Path, collection: Collection, learn: Path | None, count: int) -> list[Row]:
    ours, check = parted(collection.cases(folder))
    weights = learned(ours, collection) if learn else shipped()
    if learn:
        weights.save(learn, about=ABOUT % "", cases=len(ours))
    rows = answers.evidence(ours, check, collection, weights)
    if count:
        rows.append(answers.forgeries(check, collection, count))
    return rows


def _whole(folder: Path, collection: Collection, learn: Path | None) -> list[Row]:
    ours, check = whole.parted(
        whole.claims([(one.text, one.marks) for one in collection.claims(folder)])
    )
    with bench_display.display() as tell, Shelves(collection, tell) as shelves:
        found = whole.measure_all(ours, collection, shelves.search, tell, "learning")
        rest = whole.measure_all(check, collection, shelves.search, tell, "checking")
    weights = whole.learned(found) if learn else shipped(among=True)
    if learn:
        weights.save(learn, about=ABOUT % " --whole", cases=len(found))
    return whole.rows(found, rest, collection, weights)


def _support(folder: Path, collection: Collection, learn: Path | None) -> list[Row]:
    found = support.sentences(collection, collection.claims(folder))
    used = support.learned(found) if learn else shipped_support()
    if learn:
        used.save(learn, about=ABOUT % " --support", cases=sum(not one.held_out for one in found))
    return support.rows(found, used)


def _written(
    folder: Path, collection: Collection, model: Path, keep: Path | None, count: int
) -> list[Row]:
    with bench_display.display() as tell:
        made = list[generated.Checked]()
        for one in generated.by_model(collection, folder, model, count, keep):
            made.append(one)
            tell("answering", len(made), count)
    return [generated.row(model.stem, made)]
