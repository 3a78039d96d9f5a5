"""Many readers at work on a copy of an installation, which stays as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bookwheel.bench import load, usage
from bookwheel.bench.progress import silent
from bookwheel.bench.visits import ANSWER, SHARES
from bookwheel.errors import IndexMissingError
from library import fill, records

FEW = load.Crowd(active=6, accounts=8, tags=2, seconds=6, think=0.2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_readers_read_keep_and_ask(
    data_folder: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    fill(data_folder, records())
    usage.measured("bookwheel", "index", data=data_folder)
    database = "" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    rows = load.of_installation(data_folder, FEW, database=database, tell=silent)
    found = {str(row["step"]): row for row in rows}
    assert found["in all"]["errors"] == 0, rows
    assert found.keys() == {*SHARES, ANSWER, "all pages", "in all"} - {"ask"}
    for kind_of_page in (*SHARES.keys() - {"ask"}, ANSWER, "all pages"):
        row = found[kind_of_page]
        assert 0 < float(row["ms"] or 0) <= float(row["ms_p95"] or 0), kind_of_page
    assert float(found["in all"]["memory GB, at the end"] or 0) > 0
    with closing(sqlite3.connect(data_folder / "bookwheel.sqlite3")) as mine:
        assert mine.execute("SELECT COUNT(*) FROM bookwheel_tag").fetchone() == (0,)


def test_without_an_index_there_is_nothing_to_use(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        load.of_installation(tmp_path, FEW, database="", tell=silent)
