"""Fitted tastes in a file: the same to the last bit, shared, bounded, and never in the way."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from bookwheel.core.taste import Taste
from bookwheel.index.engine import Engine
from bookwheel.index.settled import settled
from bookwheel.index.taste_bytes import pack, unpack
from bookwheel.index.taste_store import NAME, TasteStore
from library import FIRST_NUMBER


def same(one: Taste, other: Taste) -> bool:
    return all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(Taste)
    )


def test_a_taste_comes_back_to_the_last_bit(library_folder: Path) -> None:
    engine = Engine.open(library_folder / "index")
    for taste in (engine.taste([FIRST_NUMBER, FIRST_NUMBER + 1], [FIRST_NUMBER + 2]), Taste()):
        assert same(unpack(pack(taste)), taste)
    with pytest.raises(ValueError, match="no taste"):
        unpack(b"")


def test_what_one_keeps_another_finds(tmp_path: Path) -> None:
    path = tmp_path / "tastes.sqlite3"
    assert TasteStore(path).get([b"a"]) == {}
    assert not path.exists()
    TasteStore(path).keep({b"a": Taste(middle=1.5), b"b": Taste(middle=2.5)})
    found = TasteStore(path).get([b"a", b"b", b"c"])
    assert {key: taste.middle for key, taste in found.items()} == {b"a": 1.5, b"b": 2.5}
    assert path.stat().st_mode & 0o077 == 0


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    store = TasteStore(tmp_path / "tastes.sqlite3", most=2)
    for name in (b"a", b"b", b"c"):
        store.keep({name: Taste()})
    assert sorted(store.get([b"a", b"b", b"c"])) == [b"b", b"c"]


def test_a_file_that_another_process_has_only_begun_is_no_trouble(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = TasteStore(tmp_path / NAME)
    (tmp_path / NAME).touch()
    assert store.get([b"key"]) == {}
    store.keep({})
    assert caplog.records == []


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "tastes.sqlite3"
    path.write_bytes(b"something else, long enough to be looked at" * 50)
    store = TasteStore(path)
    assert store.get([b"a"]) == {}
    store.keep({b"a": Taste()})
    assert list(store.get([b"a"])) == [b"a"]


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    store = TasteStore(tmp_path / "missing" / "tastes.sqlite3")
    store.keep({b"a": Taste()})
    assert store.get([b"a"]) == {}


def test_the_mark_moves_in_steps_and_never_past_the_end() -> None:
    assert settled(0, 0) == 0
    assert settled(1000, 1000) == 1000
    assert settled(1010, 1000) == 1000
    assert settled(1021, 1000) == 1020
    marks = [settled(rows, 1000) for rows in range(1000, 1500)]
    assert marks == sorted(marks)
    assert len(set(marks)) == 21
    assert all(mark <= rows for mark, rows in zip(marks, range(1000, 1500), strict=True))
