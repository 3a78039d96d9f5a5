from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from bookwheel.bench import installation, speed, usage
from bookwheel.bench.ratios import with_ratios
from bookwheel.bench.report import Row
from bookwheel.cli import main
from bookwheel.errors import BookwheelError, IndexMissingError, InputError
from library import fill, records
from processes import run

READING = (
    "search, two words",
    "search, six words",
    "search, phrase",
    "search, in cs",
    "search, of a year",
    "search, of a month",
    "rank, only fit",
    "rank, 5 likes",
    "rank, 5 likes of any subject",
    "rank, of a month",
    "similar",
    "page, newest",
    "page, search",
    "page, tag",
    "page, similar",
    "page, paper",
)


def ours(rows: list[Row]) -> dict[object, Row]:
    return {row["step"]: row for row in rows if row["method"] in ("ours", "hybrid")}


def counted(data: Path, table: str) -> int:
    with closing(sqlite3.connect(data / "bookwheel.sqlite3")) as database:
        return int(database.execute(f"SELECT COUNT(*) FROM bookwheel_{table}").fetchone()[0])


@pytest.mark.slow
def test_every_step_is_measured_on_papers_made_for_it(tmp_path: Path) -> None:
    asked = ["bench", "speed", "--papers", "300", "--calls", "3", "--json"]
    kept = ["--keep", str(tmp_path / "kept")]
    done = CliRunner().invoke(main, asked + kept)
    assert done.exit_code == 0, done.output
    rows = ours(orjson.loads(done.stdout)["methods"])
    for step in ("import", "import again", "index"):
        assert float(rows[step]["papers/s"] or 0) > 0
        assert float(rows[step]["ratio"] or 0) > 0
    assert (rows["disk"]["papers"], float(rows["disk"]["index GB"] or 0) > 0) == (300, True)
    for step in READING:
        assert 0 < float(rows[step]["ms"] or 0) <= float(rows[step]["ms_p95"] or 0), step
        assert rows[step]["calls"] == 3
        assert float(rows[step]["ratio"] or 0) > 0
        if sys.platform == "linux":
            assert float(rows[step]["memory GB"] or 0) > 0
    assert float(rows["page, first after the start"]["seconds"] or 0) > 0

    again = CliRunner().invoke(main, asked + kept)
    assert again.exit_code == 0, again.output
    found = ours(orjson.loads(again.stdout)["methods"])
    assert "import" not in found
    assert set(READING) <= found.keys()


@pytest.mark.slow
def test_an_installation_is_measured_on_a_copy(data_folder: Path) -> None:
    fill(data_folder, records())
    usage.measured("bookwheel", "index", data=data_folder)
    added = run(data_folder, "user", "add", "alice", content=b"staple horse 42")
    assert added.returncode == 0, added.stderr
    before = {path: path.stat().st_mtime_ns for path in (data_folder / "index").rglob("*")}
    rows = ours(speed.of_installation(data_folder, calls=2))
    assert rows["disk"]["papers"] == len(records())
    assert set(READING) <= rows.keys()
    assert {path: path.stat().st_mtime_ns for path in (data_folder / "index").rglob("*")} == before
    assert (counted(data_folder, "reader"), counted(data_folder, "tag")) == (1, 0)


def test_what_cannot_be_measured_is_refused(data_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        speed.of_installation(data_folder)
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").touch()
    with pytest.raises(InputError, match="is not empty"):
        speed.of_dumps([], 5, keep=other)
    assert [path.name for path in other.iterdir()] == ["thesis.txt"]


def test_a_folder_that_was_not_finished_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    with installation.made(tmp_path / "kept") as folder:
        installation.begin(folder)
        assert installation.holds(folder) == 0
        installation.remember(folder, 9)
    with installation.made(tmp_path / "kept") as folder:
        assert installation.holds(folder) == 9


def test_a_command_that_fails_stops_the_measurement(tmp_path: Path) -> None:
    with pytest.raises(BookwheelError, match="ended with"):
        usage.measured("bookwheel", "import", str(tmp_path / "missing"), data=tmp_path / "data")


def test_what_a_command_takes_is_seen(tmp_path: Path) -> None:
    taken = usage.measured(
        "timeit", "-n1", "-r1", "x = bytearray(50_000_000); sum(x)", data=tmp_path
    )
    assert b"loop" in taken.output
    assert taken.seconds > 0
    assert taken.processor_seconds > 0
    if sys.platform == "linux":
        assert 50e6 < taken.peak.memory <= taken.peak.mapped


def test_ours_stands_beside_the_yardstick_of_its_step() -> None:
    rows: list[Row] = [
        {"method": "json", "step": "import", "papers/s": 90_000.0},
        {"method": "ours", "step": "import again", "papers/s": 30_000.0},
        {"method": "hybrid", "step": "search, phrase", "ms": 6.0},
        {"method": "lexical", "step": "search, six words", "ms": 1.0},
        {"method": "lexical", "step": "search, phrase", "ms": 2.0},
        {"method": "ours", "step": "similar", "ms": 5.0},
        {"method": "numpy float32, 256 dimensions", "step": "rank", "ms": 10.0},
        {"method": "ours", "step": "page, tag", "ms": 9.0},
        {"method": "ours", "step": "disk", "papers": 7},
    ]
    found = with_ratios(rows)
    assert [row.get("ratio") for row in found] == [
        *(None, 3.0, 3.0, None, None, 0.5, None, None, None)
    ]
