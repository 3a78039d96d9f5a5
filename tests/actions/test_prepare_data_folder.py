"""The data folder: made privately, once, and with clear words when it cannot be."""

from __future__ import annotations

import multiprocessing
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.purge import purge
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.errors import DataFolderError
from bookwheel.models import Mark, Paper, Tag
from bookwheel.secret_key import read_or_make
from people import Person


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def prepare(folder: Path) -> subprocess.CompletedProcess[str]:
    """Prepare a folder in a process of its own, as a command does."""
    return subprocess.run(
        [sys.executable, "-m", "bookwheel", "user", "list", "--data", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    assert prepare(folder).returncode == 0
    assert mode(folder) == 0o700
    assert mode(folder / "secret.key") == 0o600
    first = (folder / "secret.key").read_text()
    assert prepare(folder).returncode == 0
    assert (folder / "secret.key").read_text() == first


def test_a_folder_that_cannot_be_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = prepare(tmp_path / "file" / "data")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert "--data" in done.stderr
    assert "Traceback" not in done.stderr


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = pool.map(read_or_make, [tmp_path / "data"] * 16)
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 50
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_an_empty_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(DataFolderError, match="empty"):
        read_or_make(tmp_path)


def test_deleted_tags_and_old_changes_go_after_thirty_days(alice: Person, paper: Paper) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        tag_paper(alice.reader, paper, "vision")
        tag_paper(alice.reader, paper, "kept")
        delete_tag(alice.reader, alice.reader.tags.get(name="vision"))
        mark_paper(alice.reader, paper, Mark.Kind.LIKE)
    with time_machine.travel(now + timedelta(days=29), tick=False):
        purge()
        assert Tag.objects.count() == 2
    with time_machine.travel(now + timedelta(days=31), tick=False):
        purge()
    assert [tag.name for tag in Tag.objects.all()] == ["kept"]
    assert alice.reader.changes.count() == 0
    assert alice.reader.marks.count() == 1
