"""Real processes for tests: the command line in a data folder of its own, and what became of it."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_DROP_CAPABILITY, _OVERRIDE_PERMISSIONS = 24, 1  # of prctl(2) and capabilities(7)


@cache
def _prepared() -> TemporaryDirectory[str]:
    """A folder with a data folder in it, tables and all, to copy from: that takes a second."""
    folder = TemporaryDirectory(prefix="bookwheel-prepared-")
    result = run(Path(folder.name) / "data", "status")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """A data folder that is ready and empty."""
    return Path(shutil.copytree(Path(_prepared().name) / "data", tmp_path / "data"))


def start(
    folder: Path,
    *arguments: str | Path,
    script: Path | None = None,
    before: Callable[[], None] | None = None,
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start `bookwheel ARGUMENTS`, or a script in its place; `before` runs in the new process."""
    return subprocess.Popen(
        [sys.executable, *([script] if script else ["-m", "bookwheel"]), *arguments],
        env=os.environ | {"BOOKWHEEL_DATA": str(folder), "BOOKWHEEL_DATABASE_URL": ""},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=before,
    )


def run(
    folder: Path,
    *arguments: str | Path,
    script: Path | None = None,
    before: Callable[[], None] | None = None,
    content: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """As `start`, to the end, with something on standard input."""
    process = start(folder, *arguments, script=script, before=before, stdin=subprocess.PIPE)
    out, err = process.communicate(content, timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def obey_permissions() -> None:
    """Take from root the right to write what may not be written (for `before`)."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_DROP_CAPABILITY, _OVERRIDE_PERMISSIONS, 0, 0, 0)


def papers(folder: Path) -> list[tuple[int, int, str]]:
    """(id, changed, identifier) of all papers of a data folder, by number."""
    connection = sqlite3.connect(folder / "bookwheel.sqlite3")
    try:
        rows = connection.execute("SELECT id, changed, arxiv_id FROM bookwheel_paper ORDER BY id")
        return rows.fetchall()
    finally:
        connection.close()


def assert_whole(folder: Path, expected: set[str]) -> None:
    """Every expected paper is there once, numbers are dense, no write number stands twice."""
    found = papers(folder)
    assert [number for number, _, _ in found] == list(range(1, len(expected) + 1))
    assert {arxiv_id for _, _, arxiv_id in found} == expected
    assert len({changed for _, changed, _ in found}) == len(found)


@pytest.fixture
def small_disk(tmp_path: Path, data_folder: Path) -> Iterator[Callable[[str], Path]]:
    """A function that gives the data folder on a disk of some size, and sets the size anew."""
    disk = tmp_path / "disk"
    disk.mkdir()

    def mount(options: str) -> bool:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    if not shutil.which("mount") or not mount("size=64m"):
        pytest.skip("mounting a small disk needs root")
    shutil.copytree(data_folder, disk / "data")

    def resize(size: str) -> Path:
        assert mount(f"remount,size={size}")
        return disk / "data"

    yield resize
    subprocess.run(["umount", "-l", str(disk)], check=True)  # files may still be mapped here
