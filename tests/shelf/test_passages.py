from __future__ import annotations

from pathlib import Path

import pytest

from bookwheel.core.passages import passages
from bookwheel.shelf.passages import PassageIndex
from documents import document


@pytest.fixture
def index(tmp_path: Path) -> PassageIndex:
    made = PassageIndex(tmp_path / "passages")
    for paper in (5, 6):
        made.put(paper, 1, "On radium", passages(document()))
    return made


def where(index: PassageIndex, text: str, papers: list[int] | None = None) -> list[tuple[int, str]]:
    return [(found.paper, found.passage.block) for found in index.search(text, papers)]


def test_words_find_passages_by_their_stems(index: PassageIndex) -> None:
    assert sorted(where(index, "weighing residues")) == [(5, "s2.p1"), (6, "s2.p1")]
    assert where(index, "nothing of it") == []


def test_a_few_papers_give_all_their_passages(index: PassageIndex) -> None:
    assert where(index, "residue", [6]) == [(6, "s2.p1"), (6, "s1.p1")]
    assert where(index, "residue", []) == []


def test_what_is_quoted_must_be_there(index: PassageIndex) -> None:
    assert sorted(where(index, '"more active" glow')) == [(5, "s2.p1"), (6, "s2.p1")]
    assert where(index, '"active more" ore') == []


def test_a_paper_is_in_it_once_and_can_be_forgotten(index: PassageIndex) -> None:
    index.put(5, 2, "On radium", passages(document()))
    assert [(found.paper, found.version) for found in index.search("ore", [5])][:1] == [(5, 2)]
    assert len(index.search("ore", None)) == 2
    index.drop(5)
    assert where(index, "ore") == [(6, "s2.p1")]
    index.clear()
    assert where(index, "ore") == []


def test_a_passage_comes_out_as_it_went_in(index: PassageIndex) -> None:
    (found,) = index.search('"weigh pitchblende"', [5])
    assert found.passage == list(passages(document()))[1]


def test_nothing_indexed_finds_nothing(tmp_path: Path) -> None:
    assert PassageIndex(tmp_path).search("ore", None) == []
