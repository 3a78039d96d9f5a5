"""Hostile arguments, folders and outputs: one clear line, the right exit status, no trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bookwheel.cli import main
from processes import run, start

pytestmark = pytest.mark.slow

NOT_UTF8 = os.fsdecode(b"a\xff\xfe")


def assert_clear(done: subprocess.CompletedProcess[bytes], said: str, *, code: int = 1) -> None:
    """It ended with one line that says what was wrong."""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    assert done.returncode == code, lines
    assert said in lines[0]
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("user", "remove", NOT_UTF8, "--yes"), "not text in UTF-8"),
        (("export", NOT_UTF8), "not an arXiv identifier"),
        (("import", "--no-index", NOT_UTF8), "cannot be read"),
        (("serve", "--host", NOT_UTF8), "no host name"),
        (("serve", "--host", "a" * 300), "no host name"),
    ],
)
def test_arguments(data_folder: Path, arguments: tuple[str, ...], said: str) -> None:
    assert_clear(run(data_folder, *arguments), said)


def test_a_search_that_is_no_text_is_pointed_at(data_folder: Path) -> None:
    done = run(data_folder, "search", NOT_UTF8)
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0], lines[2]) == (
        1,
        b"Error: This is not a character. Take it away.",
        b"   ^",
    )


def test_a_password_that_is_no_text(data_folder: Path) -> None:
    done = run(data_folder, "user", "add", "dora", content=b"\xff\xfe\xff long enough\n")
    assert_clear(done, "not text in UTF-8")


def test_a_folder_without_tables(tmp_path: Path) -> None:
    assert_clear(run(tmp_path / "new", "export", "1706.03762"), "no such table")


def test_a_database_that_is_none(data_folder: Path) -> None:
    (data_folder / "bookwheel.sqlite3").write_bytes(b"nonsense" * 1000)
    for arguments in (("status",), ("export", "1706.03762"), ("search", "1706.03762")):
        assert_clear(run(data_folder, *arguments), "not a database")


def test_an_index_that_is_none(data_folder: Path) -> None:
    (data_folder / "index").write_bytes(b"")
    assert_clear(run(data_folder, "search", "graph"), "manifest cannot be read")
    assert_clear(run(data_folder, "index"), "could not be written")
    assert run(data_folder, "status").returncode == 0


def test_an_output_that_takes_nothing(data_folder: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    with full.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "bookwheel", "status"],
            env=os.environ | {"BOOKWHEEL_DATA": str(data_folder)},
            stdout=output,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert_clear(done, "No space left")


def test_an_output_that_is_closed(data_folder: Path) -> None:
    process = start(data_folder, "status", "--json")
    assert process.stdout
    process.stdout.close()
    assert process.wait(timeout=60) == 1
    assert process.stderr
    assert process.stderr.read() == b""
    process.stderr.close()


def test_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(_identifiers: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bookwheel.queries.found.papers", pressed)
    done = CliRunner().invoke(main, ["export", "1706.03762"])
    assert (done.exit_code, done.output) == (130, "\nStopped.\n")
