"""Installations as operators have them: commands in processes of their own, on either database."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

TESTS = Path(__file__).parent


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


@cache
def _filled() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="bookwheel-filled-")
    bookwheel(Path(folder.name) / "data", "fill", script=True)
    return folder


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A data folder in which alice has something of most kinds."""
    return Path(shutil.copytree(Path(_filled().name) / "data", tmp_path / "filled"))


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
