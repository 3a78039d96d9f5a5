"""An installation goes from one kind of database to the other and back, and nothing is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dumps import line, write

pytestmark = [pytest.mark.loopback, pytest.mark.slow]
TESTS = Path(__file__).parents[1]


def ran(
    folder: Path, *arguments: str, url: str = "", script: bool = False
) -> subprocess.CompletedProcess[str]:
    """`bookwheel ARGUMENTS` as an operator would, or the script beside this file."""
    program = [TESTS / "actions" / "filling_folder.py"] if script else ["-m", "bookwheel"]
    path = os.pathsep.join([str(TESTS), *sys.path])
    told = {"BOOKWHEEL_DATA": str(folder), "BOOKWHEEL_DATABASE_URL": url, "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, *program, *arguments],
        env=os.environ | told,
        capture_output=True,
        text=True,
    )


def bookwheel(folder: Path, *arguments: str, url: str = "", script: bool = False) -> str:
    """The same, where it must end well."""
    told = ran(folder, *arguments, url=url, script=script)
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A data folder in which alice has something of most kinds."""
    bookwheel(tmp_path / "filled", "fill", script=True)
    return tmp_path / "filled"


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows, but for what every installation makes anew."""
    with closing(sqlite3.connect(folder / "bookwheel.sqlite3")) as opened:
        told = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        new = ("sqlite_", "django_migrations", "bookwheel_cache")
        names = [name for (name,) in told if not name.startswith(new)]
        found = {name: opened.execute(f"SELECT * FROM {name} ORDER BY 1") for name in names}
        return {name: [tuple(map(_value, row)) for row in told] for name, told in found.items()}


def _value(value: object) -> object:
    """JSON by what it says: PostgreSQL keeps no order of keys."""
    return json.loads(value) if isinstance(value, str) and value.startswith(("{", "[")) else value


def test_there_and_back(filled: Path, postgres_url: str, tmp_path: Path) -> None:
    assert "compared" in bookwheel(filled, "database", "copy", postgres_url)
    bookwheel(tmp_path / "back", "database", "copy", "sqlite", url=postgres_url)
    held = rows(filled)
    assert rows(tmp_path / "back") == held
    assert [len(held[f"bookwheel_{name}"]) for name in ("paper", "mark", "tag")] == [313, 2, 3]


def test_new_rows_are_numbered_after_the_old(postgres_url: str, tmp_path: Path) -> None:
    bookwheel(tmp_path, "import", str(write(tmp_path / "one.jsonl", [line(1)])))
    bookwheel(tmp_path, "database", "copy", postgres_url)
    bookwheel(tmp_path, "import", str(write(tmp_path / "two.jsonl", [line(2)])), url=postgres_url)
    assert "2501.00002" in bookwheel(tmp_path, "export", "2501.00002", url=postgres_url)
    assert "2501.00001" in bookwheel(tmp_path, "search", "radiance", url=postgres_url)


def test_a_database_in_use_is_not_written_over(filled: Path, postgres_url: str) -> None:
    bookwheel(filled, "database", "copy", postgres_url)
    before = rows(filled)
    for url in ("", postgres_url):
        to = "sqlite" if url else postgres_url
        told = ran(filled, "database", "copy", to, url=url)
        assert (told.returncode, "readers or papers already" in told.stderr) == (1, True)
    assert rows(filled) == before


def test_what_is_interrupted_leaves_nothing(filled: Path, postgres_url: str) -> None:
    assert "KeyboardInterrupt" in ran(filled, "stop", postgres_url, script=True).stderr
    assert "compared" in bookwheel(filled, "database", "copy", postgres_url)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be used"),
        ("mysql://localhost/papers", "postgresql://"),
        ("sqlite", "the database in use"),
    ],
)
def test_what_cannot_be_copied_to_is_said(tmp_path: Path, to: str, said: str) -> None:
    told = ran(tmp_path, "database", "copy", to)
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr
