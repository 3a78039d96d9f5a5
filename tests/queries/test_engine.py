from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bookwheel.errors import IndexMissingError
from bookwheel.queries.engine import engine
from library import records, write_index


@pytest.fixture
def folder(tmp_path: Path, configure: Callable[..., None]) -> Path:
    """A data folder without an index."""
    configure(data=tmp_path)
    return tmp_path


def test_without_an_index_it_is_missing(folder: Path) -> None:
    with pytest.raises(IndexMissingError, match="`bookwheel index` builds it"):
        engine()


def test_it_is_opened_once_and_again_when_the_index_moves_on(folder: Path) -> None:
    write_index(folder / "index", records()[:3])
    with ThreadPoolExecutor(8) as pool:
        opened = set(pool.map(lambda _: engine(), range(50)))
    assert len(opened) == 1
    assert engine().rows == 3
    write_index(folder / "index", records()[3:5])
    assert engine().rows == 5


def test_an_engine_of_the_past_is_let_go_with_all_that_it_remembers(folder: Path) -> None:
    write_index(folder / "index", records()[:3])
    old = weakref.ref(engine())
    engine().taste([records()[0]["id"]])
    write_index(folder / "index", records()[3:5])
    engine()
    gc.collect()
    assert old() is None
