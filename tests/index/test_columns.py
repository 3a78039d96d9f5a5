from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bookwheel.core.categories import WORDS
from bookwheel.index import columns
from bookwheel.index.columns import Columns

numbers = st.lists(st.integers(0, 12), max_size=12)


def made(papers: list[int], days: list[int] | None = None) -> Columns:
    return Columns(
        papers=np.array(papers, np.int64),
        days=np.array(days or [0] * len(papers), np.int32),
        categories=np.zeros((len(papers), WORDS), np.uint64),
        flags=np.zeros(len(papers), np.uint8),
        dead=np.empty(0, np.int32),
    )


def rows_of(found: Columns, *papers: int) -> list[int]:
    return found.rows_of(np.array(papers, np.int64)).tolist()


def test_an_updated_paper_gets_a_new_row_and_its_old_one_dies() -> None:
    first = columns.append(columns.empty(), made([7, 8, 9]))
    second = columns.append(first, made([8, 10]))
    assert second.papers.tolist() == [7, 8, 9, 8, 10]
    assert second.dead.tolist() == [1]
    assert second.live.tolist() == [True, False, True, True, True]
    assert rows_of(second, 8, 7, 11, 10) == [3, 0, -1, 4]
    third = columns.append(second, made([8]))
    assert third.dead.tolist() == [1, 3]
    assert rows_of(third, 8) == [5]


def test_of_one_paper_twice_in_a_batch_the_last_lives() -> None:
    found = columns.append(made([3]), made([5, 3, 5, 3]))
    assert sorted(found.dead.tolist()) == [0, 1, 2]
    assert rows_of(found, 3, 5) == [4, 3]


@given(st.lists(numbers, max_size=5))
def test_each_paper_lives_once_in_its_last_row(batches: list[list[int]]) -> None:
    found = columns.empty()
    for batch in batches:
        found = columns.append(found, made(batch))
    written = [paper for batch in batches for paper in batch]
    last = {paper: row for row, paper in enumerate(written)}
    assert len(found) == len(written)
    assert np.flatnonzero(found.live).tolist() == sorted(last.values())
    assert len(set(found.dead.tolist())) == len(found.dead)
    assert rows_of(found, *range(-1, 14)) == [last.get(paper, -1) for paper in range(-1, 14)]


def test_the_newest_day_comes_first_and_of_one_day_the_last_arrived() -> None:
    found = columns.append(made([1, 2, 3, 4], [5, 9, 5, 1]), made([2], [5]))
    assert found.newest.tolist() == [4, 2, 0, 3]


def test_unknown_papers_have_no_row_whatever_their_number() -> None:
    assert rows_of(columns.empty(), 0, 5, -3) == [-1, -1, -1]
    assert rows_of(made([4]), 2**40, -1, 4) == [-1, -1, 0]


def test_columns_are_read_as_they_were_written(tmp_path: Path) -> None:
    for name, wanted in (
        ("none", columns.empty()),
        ("some", columns.append(made([1, 2]), made([2]))),
    ):
        columns.write(tmp_path / name, wanted)
        found = columns.read(tmp_path / name)
        assert found.papers.tolist() == wanted.papers.tolist()
        assert found.categories.shape == wanted.categories.shape
        assert found.dead.tolist() == wanted.dead.tolist()


@given(st.lists(st.integers(-3, 9), max_size=30))
def test_the_listings_are_the_newest_rows_cut_by_day(days: list[int]) -> None:
    found = columns.append(columns.empty(), made(list(range(len(days))), days))
    assert found.listings.tolist() == sorted(set(days), reverse=True)
    parts = [found.listed(day).tolist() for day in found.listings.tolist()]
    assert [row for part in parts for row in part] == found.newest.tolist()
    assert all(days[row] == day for day in days for row in found.listed(day).tolist())
    assert found.listed(77).tolist() == []


def test_columns_of_when_there_were_fewer_categories_are_widened(tmp_path: Path) -> None:
    old = replace(made([1, 2]), categories=np.array([[7, 1, 2], [0, 0, 5]], np.uint64))
    columns.write(tmp_path / "old", old)
    found = columns.append(columns.read(tmp_path / "old"), made([3]))
    assert found.categories.tolist() == [[7, 1, 2, 0], [0, 0, 5, 0], [0, 0, 0, 0]]


def categorised(bits: NDArray[np.uint64]) -> Columns:
    return replace(made([1] * len(bits)), categories=bits)


@given(st.lists(st.tuples(*[st.integers(0, 2)] * WORDS), max_size=30))
def test_rows_of_one_set_of_categories_share_a_place(rows: list[tuple[int, ...]]) -> None:
    bits = np.array(rows, np.uint64).reshape(-1, WORDS)
    sets, of_row = categorised(bits).sets
    assert sets[of_row].tolist() == bits.tolist()
    assert len(sets) == len(set(rows))


def test_sets_with_the_same_key_are_still_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_MIX", np.zeros(WORDS, np.uint64))
    bits = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0]], np.uint64)
    sets, of_row = categorised(bits).sets
    assert sets[of_row].tolist() == bits.tolist()
    assert of_row[0] == of_row[2] != of_row[1]
