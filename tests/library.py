"""A small library: 313 real papers of the shipped sample, stored for a test, indexed once for all.

The index is a file and outlives a test's transaction, so it is built once a session in a folder of
its own; the fixture `library` stores the papers under the numbers that it knows and reads from it.
"""

from __future__ import annotations

import copy
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from bookwheel.core.encoder import Encoder
    from bookwheel.core.papers import Paper as CorePaper
    from bookwheel.index.engine import Engine
    from bookwheel.index.writer import IndexedPaper
    from bookwheel.models import Paper

EVERY = 64  # lines of the sample: all its days and subjects are there
REPLACED_EVERY = 9  # papers get a second version, which none of the sample has
FIRST_NUMBER = 1_000_001  # of the papers and of their writes, out of the way of what tests store


@cache
def records() -> tuple[dict[str, Any], ...]:
    """Fields of the papers, in order of announcement."""
    import zstandard

    from bookwheel.arxiv import snapshot
    from bookwheel.arxiv.lines import Problem

    sample = resources.files("bookwheel") / "data" / "sample.jsonl.zst"
    with sample.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(file).read().split(b"\n")[::EVERY]
    found = snapshot.papers(io.BufferedReader(io.BytesIO(b"\n".join(lines))))
    papers = [paper for paper in found if not isinstance(paper, Problem)]
    return tuple(_fields(number, paper) for number, paper in enumerate(papers, FIRST_NUMBER))


def _fields(number: int, paper: CorePaper) -> dict[str, Any]:
    versions = [[version.number, version.created] for version in paper.versions]
    if number % REPLACED_EVERY == 0:
        versions.append([len(versions) + 1, "2026-06-02T00:00:00+00:00"])
    return {
        "id": number,
        "changed": number,
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": [[author.family, author.given, author.suffix] for author in paper.authors],
        "categories": " ".join(paper.categories),
        "comments": paper.comments,
        "versions": versions,
        "first_date": paper.first_date,
        "last_date": paper.last_date,
        "announced": paper.announced,
    }


def store(fields: Sequence[dict[str, Any]]) -> list[Paper]:
    """Store papers as they are given, with their numbers."""
    from bookwheel.models import Paper

    return Paper.objects.bulk_create(Paper(**each) for each in fields)


def fill(folder: Path, fields: Sequence[dict[str, Any]]) -> None:
    """Put papers into the database file of a data folder, whose tables must be there."""
    blank = ("journal_ref", "doi", "report_no", "license", "submitter")
    names = [*fields[0], *blank, "fingerprint"]
    rows = [(*map(_stored, paper.values()), *[""] * len(blank), 0) for paper in fields]
    with closing(sqlite3.connect(folder / "bookwheel.sqlite3")) as connection, connection:
        connection.executemany(
            f"INSERT INTO bookwheel_paper ({', '.join(names)}) "
            f"VALUES ({', '.join('?' * len(names))})",
            rows,
        )


def _stored(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value)
    return value if value is None or isinstance(value, int) else str(value)


def indexed(fields: dict[str, Any]) -> IndexedPaper:
    """What the index is told of a paper."""
    from bookwheel.index.dates import day_number
    from bookwheel.index.writer import IndexedPaper

    return IndexedPaper(
        number=fields["id"],
        changed=fields["changed"],
        arxiv_id=fields["arxiv_id"],
        title=fields["title"],
        abstract=fields["abstract"],
        authors=fields["authors"],
        categories=fields["categories"],
        day=day_number(fields["announced"] or fields["first_date"]),
        replaced=len(fields["versions"]) > 1,
    )


def write_index(
    folder: Path, fields: Sequence[dict[str, Any]], encoder: Encoder | None = None
) -> None:
    """Index papers without any database."""
    from bookwheel.core.encoder import Encoder
    from bookwheel.index.writer import IndexWriter

    with IndexWriter(folder, encoder or Encoder.shipped()) as writer:
        writer.add([indexed(each) for each in fields])
        writer.commit(max((each["changed"] for each in fields), default=0))


@pytest.fixture(scope="session")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the index of the library and nothing else; not to be changed."""
    folder = tmp_path_factory.mktemp("library")
    write_index(folder / "index", records())
    return folder


@pytest.fixture
def library(db: None, library_folder: Path, configure: Callable[..., None]) -> list[Paper]:
    """The stored papers, oldest announcement first, with the index over them in force."""
    configure(data=library_folder)
    return store(copy.deepcopy(records()))  # versions and authors are lists that a test may change


@pytest.fixture
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for full texts and what is indexed of them, apart from the library's."""
    from bookwheel.config import Config

    for name in ("full_texts", "figures", "passages"):
        monkeypatch.setattr(Config, name, tmp_path / name)
    return tmp_path


@cache
def other_encoder() -> Encoder:
    """An encoder that differs from the shipped one: rare words count less."""
    return changed_encoder("idf", np.sqrt)


def changed_encoder(name: str, change: Callable[[Any], Any]) -> Encoder:
    """The shipped encoder with one of the arrays in its file changed."""
    from bookwheel.core.encoder import Encoder

    with TemporaryDirectory() as folder:
        path = Path(folder) / "encoder.npz"
        Encoder.shipped().save(path)
        with np.load(path) as arrays:
            held = dict(arrays)
        np.savez(path, **held | {name: change(held[name])})
        return Encoder.load(path)


def forget_encoders() -> None:
    """Let this process read the encoders of indexes anew, as another process would."""
    from bookwheel.index import encoders

    encoders._known.clear()


def opened(folder: Path, fields: Sequence[dict[str, Any]]) -> Engine:
    """An engine over papers, indexed in a folder; no database."""
    from bookwheel.index.engine import Engine

    write_index(folder, fields)
    return Engine.open(folder)
