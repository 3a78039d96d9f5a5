from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bookwheel.actions.build_index import build_index
from bookwheel.config import config
from bookwheel.index import columns, manifest
from bookwheel.index.lexical_writer import LexicalWriter
from bookwheel.models import Paper
from bookwheel.queries.status import problems, status
from library import records, store
from people import Person, make_paper

REBUILD, UPDATE = "`bookwheel index --rebuild`", "`bookwheel index`"


@pytest.fixture
def small(db: None, tmp_path: Path, configure: Callable[..., None]) -> list[Paper]:
    """Twelve papers with an index of their own, that may be damaged."""
    configure(data=tmp_path)
    papers = store(records()[:12])
    build_index()
    return papers


def only_problem() -> str:
    found = problems()
    assert len(found) == 1
    return found[0]


def test_all_is_well(library: list[Paper]) -> None:
    assert problems() == []


def test_the_state_of_a_folder_is_told(small: list[Paper], alice: Person) -> None:
    found = status()
    assert found.data == str(config().data)
    assert (found.papers, found.indexed, found.waiting, found.generation) == (12, 12, 0, 1)
    assert found.last_day == f"{max(paper.announced for paper in small if paper.announced)}"
    assert found.index_bytes > 1000
    assert found.free_bytes > 0
    assert found.readers == 1


def test_papers_not_yet_indexed_wait(small: list[Paper]) -> None:
    make_paper(changed=small[-1].changed + 1)
    assert status().waiting == 1
    assert only_problem() == f"Papers not in the index yet: 1. {UPDATE} adds them."
    build_index()
    assert (problems(), status().waiting, status().indexed) == ([], 0, 13)


def test_changed_papers_wait_and_count_once(small: list[Paper]) -> None:
    Paper.objects.filter(pk=small[0].pk).update(changed=small[-1].changed + 1)
    assert "changed since" in only_problem()
    assert UPDATE in only_problem()
    build_index()
    assert (problems(), status().indexed) == ([], 12)


def test_without_an_index_it_is_to_be_built(
    db: None, tmp_path: Path, configure: Callable[..., None]
) -> None:
    configure(data=tmp_path)
    assert only_problem() == f"There is no index yet. {UPDATE} builds it."
    found = status()
    assert (found.indexed, found.last_day, found.index_bytes) == (0, None, 0)
    build_index()
    assert problems() == []
    assert status().last_day is None


def test_papers_that_the_index_passed_over_need_a_rebuild(small: list[Paper]) -> None:
    make_paper(changed=1)  # as after a database was brought back from a copy
    assert "takes them for done: 1." in only_problem()
    assert REBUILD in only_problem()
    build_index()
    assert problems()
    build_index(rebuild=True)
    assert problems() == []


def test_papers_gone_from_the_database_need_a_rebuild(small: list[Paper]) -> None:
    small[3].delete()
    assert only_problem().startswith("Papers in the index that are not in the database: 1.")
    assert REBUILD in only_problem()
    build_index(rebuild=True)
    assert problems() == []


def _change_columns(**changes: object) -> None:
    folder = config().index
    found = manifest.load(folder)
    old = columns.read(folder / found.columns)
    columns.write(folder / "columns-odd", replace(old, **changes))  # type: ignore[arg-type]
    manifest.swap(folder, replace(found, generation=9, columns="columns-odd"))


def test_a_paper_twice_is_told(small: list[Paper]) -> None:
    numbers = np.array([paper.pk for paper in small])
    numbers[4] = numbers[5]
    _change_columns(papers=numbers)
    assert [REBUILD in each for each in problems()] == [True, True]
    assert "twice" in problems()[1]


def test_lost_and_doubled_words_are_told(small: list[Paper]) -> None:
    folder = config().index / manifest.load(config().index).lexical
    rows = len(small)
    writer = LexicalWriter(folder, rows=rows, forget=np.array([2, 5], np.int32))
    writer.commit()
    writer.close()
    _touch()
    assert only_problem().startswith("Papers whose words are missing or there twice: 2.")
    assert REBUILD in only_problem()
    build_index(rebuild=True)
    assert problems() == []


def _touch() -> None:
    """Make processes open the index anew."""
    manifest.swap(config().index, manifest.load(config().index))


@pytest.mark.parametrize("what", ["manifest", "segments", "columns", "words", "background"])
def test_damaged_files_need_a_rebuild(small: list[Paper], what: str) -> None:
    folder = config().index
    found = manifest.load(folder)
    paths = {
        "manifest": folder / manifest.NAME,
        "segments": folder / found.segments[0].name / "features.npy",
        "columns": folder / found.columns / "days.npy",
        "words": folder / found.lexical / "meta.json",
        "background": folder / found.background / "vectors.npy",
    }
    if what != "manifest":
        _touch()
    content = paths[what].read_bytes()
    paths[what].write_bytes(content[: len(content) // 2])
    assert REBUILD in only_problem()
    assert status().papers == 12
    build_index(rebuild=True)
    assert problems() == []
    assert status().indexed == 12
