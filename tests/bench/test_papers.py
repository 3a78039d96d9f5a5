"""The papers of a run and the index over them: installed, added, sampled, encoded anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import dumps as made
from bookwheel.bench.indexes import opened
from bookwheel.bench.installed import installed
from bookwheel.bench.papers import Papers
from bookwheel.bench.progress import counted, silent
from bookwheel.config import config
from bookwheel.core.encoder import Encoder
from bookwheel.errors import InputError
from bookwheel.index.query import Query
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from library import other_encoder, records


def ids(papers: Papers) -> list[str]:
    """What is read, which must be what is said to be there."""
    read = list(papers.read())
    assert [paper.arxiv_id for paper in read] == list(papers.ids)
    assert [paper.number for paper in read] == papers.numbers.tolist()
    return list(papers.ids)


def held() -> list[str]:
    return [each["arxiv_id"] for each in records()]


def test_all_that_is_indexed_is_ranked_from_the_index_as_it_is(library: list[Paper]) -> None:
    papers = installed()
    assert ids(papers) == held()
    assert papers.positions(papers.numbers[[5, 2]]).tolist() == [5, 2]
    assert papers.positions(np.array([1, 10**9])).tolist() == []
    first = records()[0]
    assert next(papers.texts()) == f"{first['title']}\n{first['abstract']}"
    with opened(papers, silent) as engine:
        assert engine.columns.papers.tolist() == papers.numbers.tolist()


def test_papers_of_dumps_are_added_to_a_copy(library: list[Paper], tmp_path: Path) -> None:
    """Those that lack what only an import needs too; one that is held or comes twice is not."""
    bare = made.line(2, categories="", versions=[], update_date=None, authors_parsed=[], authors="")
    again = made.line(3, id=held()[0])
    path = made.write(tmp_path / "more.jsonl.zst", [made.line(1), bare, again, made.line(1)])
    before = files(config().index)
    papers = installed([path])
    assert ids(papers) == [*held(), "2501.00001", "2501.00002"]
    assert [paper.categories for paper in papers.added] == ["physics.ins-det hep-ex", ""]
    with opened(papers, silent) as engine:
        assert engine.columns.papers[engine.columns.live].tolist() == papers.numbers.tolist()
        best = engine.search(Query(search=parse("radiance glows"), k=2)).papers
        assert sorted(best.tolist()) == papers.numbers[-2:].tolist()
    assert files(config().index) == before


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_lines_that_hold_no_paper_are_told_of(library: list[Paper], tmp_path: Path) -> None:
    told: list[str] = []
    lines = [made.line(1), b"{", made.line(2, title=None)]
    path = made.write(tmp_path / "more.jsonl", lines)
    assert ids(installed([path], remark=told.append))[-1] == "2501.00001"
    assert told == [
        f"{path}: 2 lines hold no paper; the first is line 2: not JSON: "
        "unexpected end of data: line 1 column 2 (char 1)."
    ]
    for text in (b"", b"[]\n", b"1\n"):
        path.write_bytes(text)
        with pytest.raises(InputError, match="holds no paper in the format of arXiv's dump"):
            installed([path])
    with pytest.raises(InputError, match="cannot be read: No such file"):
        installed([tmp_path / "nowhere"])


def test_a_sample_is_the_same_each_time_and_holds_what_must_be_there(
    library: list[Paper], tmp_path: Path
) -> None:
    path = made.write(tmp_path / "more.jsonl", [made.line(1)])
    wanted = [held()[7], "2501.00001", "1706.03762"]
    papers = installed([path], candidates=40, always=wanted, seed=1)
    assert ids(papers) == ids(installed([path], candidates=40, always=wanted, seed=1))
    assert {held()[7], "2501.00001"} <= set(papers.ids)
    assert 40 <= len(papers) <= 42
    assert ids(papers) != ids(installed([path], candidates=40, always=wanted, seed=2))
    with opened(papers, silent) as engine:
        assert engine.columns.papers.tolist() == papers.numbers.tolist()
    assert ids(installed(candidates=10_000)) == held()


def test_another_encoder_makes_an_index_of_its_own(library: list[Paper]) -> None:
    papers, other = installed(), other_encoder()
    with opened(papers, silent) as engine:
        assert engine.encoder.fingerprint == Encoder.shipped().fingerprint
        words = engine.columns.categories.copy()
    with opened(papers, silent, encoder=other) as engine:
        assert engine.encoder.fingerprint == other.fingerprint
        assert engine.columns.papers.tolist() == papers.numbers.tolist()
        assert np.array_equal(engine.columns.categories, words)


def test_progress_is_told_from_nothing_to_all() -> None:
    told: list[tuple[str, int, int]] = []
    items = counted(range(1200), 1200, step="count", tell=lambda *what: told.append(what))
    assert list(items) == list(range(1200))
    assert told == [("count", done, 1200) for done in (0, 500, 1000, 1200)]
