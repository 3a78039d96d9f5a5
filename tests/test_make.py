"""`make run` and its virtual environment: clear words where a machine lacks something."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What `tools/venv.sh` reads, and no virtual environment."""
    (tmp_path / "tools").mkdir()
    for path in (
        ROOT / "tools" / "venv.sh",
        ROOT / "pyproject.toml",
        *ROOT.glob("requirements*.txt"),
    ):
        shutil.copy(path, tmp_path / path.relative_to(ROOT))
    return tmp_path


def venv(tree: Path, python: object = sys.executable) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [tree / "tools" / "venv.sh", "run"],
        env={**os.environ, "PYTHON": str(python)},
        capture_output=True,
        text=True,
    )


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_too_old_a_python_is_named(tree: Path) -> None:
    done = venv(tree, script(tree / "old-python", "exit 1"))
    assert done.returncode == 1
    assert done.stderr.startswith("Bookwheel needs Python 3.11 or later and found none at ")
    assert not (tree / ".venv").exists()


def test_missing_ensurepip_is_explained(tree: Path) -> None:
    body = f'case "$*" in *ensurepip*) exit 1 ;; esac\nexec {sys.executable} "$@"'
    done = venv(tree, script(tree / "bare-python", body))
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert not (tree / ".venv").exists()


def fake_venv(tree: Path) -> Path:
    """An environment whose pip only writes down that it was called."""
    log = tree / "pip.log"
    body = f'[ "$2" = pip ] && echo "$@" >>{log}\n[ "$2" = pip ] || exec {sys.executable} "$@"'
    script(tree / ".venv" / "bin" / "python", body)
    return log


def test_nothing_is_installed_twice(tree: Path) -> None:
    log = fake_venv(tree)
    assert venv(tree).returncode == 0
    once = log.read_text()
    assert "install" in once
    assert venv(tree).stderr == ""
    assert log.read_text() == once


def test_changed_requirements_are_installed(tree: Path) -> None:
    log = fake_venv(tree)
    venv(tree)
    once = log.read_text()
    with (tree / "requirements.txt").open("a") as file:
        file.write("# changed\n")
    assert venv(tree).returncode == 0
    assert log.read_text() == once * 2


def test_run_serves_with_what_was_installed() -> None:
    # As if typed by hand, also when these tests are run by make.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    done = subprocess.run(
        ["make", "--dry-run", "run"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["tools/venv.sh run", "exec .venv/bin/bookwheel serve"]
