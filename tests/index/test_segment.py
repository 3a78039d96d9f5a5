from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.errors import IndexDamagedError
from bookwheel.index import segment, vectors
from bookwheel.index.segment import WEIGHTS, Rows, Segment, empty
from made_rows import (
    AUTHORS,
    DIMENSIONS,
    VOCABULARY,
    dense_authors,
    dense_words,
    made_rows,
    some_rows,
)


def equal(one: Rows, other: Rows) -> bool:
    return all(
        np.array_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(Rows)
    )


def written(folder: Path, rows: Rows, start: int = 0) -> Segment:
    segment.write(folder, rows, features=VOCABULARY)
    return Segment(folder, start)


def test_a_segment_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = made_rows(50, seed=1)
    found = written(tmp_path / "one", rows, start=7)
    assert equal(found.rows, rows)
    assert (found.start, found.stop) == (7, 57)


def test_rows_without_words_or_authors_are_kept(tmp_path: Path) -> None:
    blank = made_rows(3, seed=0)
    none = np.zeros(4, np.int64)
    empty = np.empty(0, np.int32)
    rows = Rows(
        blank.codes, blank.scales, blank.planes, none, empty, empty.astype(np.uint8), none, empty
    )
    found = written(tmp_path / "one", rows)
    assert equal(found.rows, rows)
    out = np.zeros(3, np.float32)
    found.add_features(np.array([0, 5], np.int32), np.ones(2, np.float32), out)
    found.add_authors(np.array([3], np.int32), np.ones(1, np.float32), out)
    assert not out.any()


@settings(max_examples=15, deadline=None)  # each writes files
@given(some_rows, st.integers(0, 2**16))
def test_features_are_added_as_a_matrix_product(rows: Rows, seed: int) -> None:
    random = np.random.default_rng(seed)
    chosen = np.flatnonzero(random.random(VOCABULARY) < 0.4).astype(np.int32)
    weights = random.standard_normal(len(chosen)).astype(np.float32)
    out = np.ones(len(rows), np.float32)
    with TemporaryDirectory() as folder:
        written(Path(folder) / "one", rows).add_features(chosen, weights, out)
    np.testing.assert_allclose(out, 1 + dense_words(rows)[:, chosen] @ weights, atol=1e-4)


@settings(max_examples=15, deadline=None)  # each writes files
@given(some_rows, st.integers(0, 2**16))
def test_authors_are_added_as_a_matrix_product(rows: Rows, seed: int) -> None:
    random = np.random.default_rng(seed)
    chosen = np.flatnonzero(random.random(AUTHORS + 5) < 0.5).astype(np.int32)  # some unknown
    weights = random.standard_normal(len(chosen)).astype(np.float32)
    out = np.zeros(len(rows), np.float32)
    with TemporaryDirectory() as folder:
        written(Path(folder) / "one", rows).add_authors(chosen, weights, out)
    table = np.zeros(AUTHORS + 5, np.float32)
    table[chosen] = weights
    np.testing.assert_allclose(out, dense_authors(rows) @ table[:AUTHORS], atol=1e-4)


@settings(max_examples=40)
@given(some_rows, st.data())
def test_picked_rows_are_those_asked_for_in_order(rows: Rows, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=20))
    chosen = segment.pick(rows, np.array(places, np.intp))
    assert len(chosen) == len(places)
    for at, place in enumerate(places):
        assert equal(segment.pick(chosen, np.array([at])), segment.pick(rows, np.array([place])))


@settings(max_examples=25)
@given(st.lists(some_rows, min_size=1, max_size=4))
def test_joined_rows_stand_one_after_the_other(parts: list[Rows]) -> None:
    together = segment.join(parts)
    at = 0
    for part in parts:
        assert equal(segment.pick(together, np.arange(at, at + len(part))), part)
        at += len(part)
    assert len(together) == at


def test_rows_of_several_segments_come_in_the_order_asked_for(tmp_path: Path) -> None:
    parts = [made_rows(count, seed) for seed, count in enumerate((5, 1, 9))]
    together = segment.join(parts)
    starts = (0, 5, 6)
    opened = [
        written(tmp_path / f"{start}", part, start)
        for start, part in zip(starts, parts, strict=True)
    ]
    random = np.random.default_rng(0)
    for places in (
        np.arange(15),
        random.permutation(15),
        np.array([14, 0, 5, 5, 3]),
        np.array([6]),
    ):
        assert equal(segment.take_all(opened, places, DIMENSIONS), segment.pick(together, places))


def test_no_rows_are_taken_from_anywhere(tmp_path: Path) -> None:
    nothing = np.empty(0, np.intp)
    assert equal(segment.take_all([], nothing, DIMENSIONS), empty(DIMENSIONS))
    assert equal(
        segment.take_all([written(tmp_path / "one", made_rows(3, 0))], nothing, DIMENSIONS),
        empty(DIMENSIONS),
    )
    assert len(empty(DIMENSIONS)) == 0


def test_similarities_are_dot_products_of_the_stored_vectors(tmp_path: Path) -> None:
    rows = made_rows(20, seed=5)
    vector = np.random.default_rng(1).standard_normal(DIMENSIONS).astype(np.float32)
    places = np.array([3, 3, 19, 0])
    expected = vectors.restore(rows.codes, rows.scales)[places] @ vector
    found = written(tmp_path / "one", rows).similarities(places, vector)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_weights_are_kept_to_a_hundredth_and_never_vanish() -> None:
    weights = np.linspace(1e-9, 1, 2000).astype(np.float32)
    kept = WEIGHTS[segment.encode_weights(weights)]
    assert (np.abs(kept - weights) <= 0.004).all()
    assert (kept > 0).all()


@pytest.mark.parametrize("name", ["codes", "posting_rows", "author_keys"])
def test_damaged_files_are_told(tmp_path: Path, name: str) -> None:
    written(tmp_path / "one", made_rows(30, seed=1))
    path = tmp_path / "one" / f"{name}.npy"
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Segment(tmp_path / "one", 0)
    path.unlink()
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Segment(tmp_path / "one", 0)
