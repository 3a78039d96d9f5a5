"""What is backed up while it changes can be destroyed and comes back."""

from __future__ import annotations

import io
import json
import shutil
import signal
import sqlite3
import tarfile
import time
from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from bookwheel.actions import back_up as writing
from bookwheel.actions import restore_backup as reading
from dumps import line, write
from installations import bookwheel, filled, ran, rows
from processes import run, start

__all__ = ["filled"]
pytestmark = [pytest.mark.loopback, pytest.mark.slow]


def members(backup: Path) -> dict[str, bytes]:
    """What is in it."""
    with backup.open("rb") as file:
        text = zstandard.ZstdDecompressor().stream_reader(file).read()
    with tarfile.open(fileobj=io.BytesIO(text)) as archive:
        return {one.name: archive.extractfile(one).read() for one in archive}


def packed(path: Path, held: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> Path:
    """A backup made by hand."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, body in held.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.type = len(body), kind
            archive.addfile(entry, io.BytesIO(body))
    path.write_bytes(zstandard.ZstdCompressor(write_checksum=True).compress(made.getvalue()))
    return path


def test_destroyed_and_restored(filled: Path, tmp_path: Path) -> None:
    texts = [filled / name / "2501.00001" / "text.json" for name in ("texts", "own")]
    for text in texts:
        text.parent.mkdir(parents=True)
        text.write_bytes(b"{}")
    backup, before, key = tmp_path / "b.tar.zst", rows(filled), (filled / "secret.key").read_text()
    assert "MB" in bookwheel(filled, "backup", str(backup))
    assert backup.stat().st_mode & 0o077 == 0
    shutil.rmtree(filled)
    told = bookwheel(filled, "restore", str(backup))
    assert "313 papers, 1 readers" in told
    assert rows(filled) == before
    assert (filled / "secret.key").read_text() == key
    assert [text.read_bytes() for text in texts] == [b"{}", b"{}"]
    assert run(filled, "check").returncode == 0
    assert [path for path in filled.iterdir() if path.name.startswith(".")] == []


def test_one_state_is_backed_up_while_papers_arrive(data_folder: Path, tmp_path: Path) -> None:
    dump = write(tmp_path / "many.jsonl", (line(number) for number in range(1, 20_000)))
    importer = start(data_folder, "import", str(dump))
    while _papers(data_folder) == 0:
        assert importer.poll() is None
        time.sleep(0.05)
    backup = tmp_path / "b.tar.zst"
    assert run(data_folder, "backup", str(backup)).returncode == 0
    importer.send_signal(signal.SIGKILL)
    importer.communicate()
    shutil.rmtree(data_folder)
    told = run(data_folder, "restore", str(backup))
    assert told.returncode == 0, told.stderr
    assert run(data_folder, "check").returncode == 0
    held = _papers(data_folder)
    assert 0 < held < 20_000
    numbers = json.loads(run(data_folder, "status", "--json").stdout)
    assert (numbers["papers"], numbers["waiting"]) == (held, 0)


def _papers(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "bookwheel.sqlite3")) as opened:
        return opened.execute("SELECT COUNT(*) FROM bookwheel_paper").fetchone()[0]


def test_postgresql_too(filled: Path, postgres_url: str, tmp_path: Path) -> None:
    bookwheel(filled, "database", "copy", postgres_url)
    backup, restored = tmp_path / "b.tar.zst", tmp_path / "restored"
    bookwheel(filled, "backup", str(backup), url=postgres_url)
    assert "database copy" in ran(restored, "restore", str(backup), url=postgres_url).stderr
    bookwheel(restored, "restore", str(backup))
    assert rows(restored) == rows(filled)


def test_an_installation_is_not_written_over(filled: Path, tmp_path: Path) -> None:
    backup, before = tmp_path / "b.tar.zst", rows(filled)
    bookwheel(filled, "backup", str(backup))
    told = ran(filled, "restore", str(backup))
    assert (told.returncode, "installation already" in told.stderr) == (1, True)
    assert rows(filled) == before


def test_the_names_in_it_are_known_on_both_sides() -> None:
    names = ("ABOUT", "DATABASE", "KEY", "FOLDERS")
    assert [getattr(writing, name) for name in names] == [getattr(reading, name) for name in names]


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.999])
def test_a_backup_cut_short_is_refused(filled: Path, tmp_path: Path, kept: float) -> None:
    backup, empty = tmp_path / "b.tar.zst", tmp_path / "empty"
    bookwheel(filled, "backup", str(backup))
    content = backup.read_bytes()
    backup.write_bytes(content[: int(kept * len(content))])
    told = ran(empty, "restore", str(backup))
    assert (told.returncode, "no whole backup" in told.stderr) == (1, True), told.stderr
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize(
    ("held", "kind", "said"),
    [
        ({"../outside": b""}, tarfile.REGTYPE, "does not belong"),
        ({"/etc/passwd": b""}, tarfile.REGTYPE, "does not belong"),
        ({"texts/../../outside": b""}, tarfile.REGTYPE, "no whole backup"),
        ({"texts/link": b""}, tarfile.SYMTYPE, "does not belong"),
        ({"backup.json": b"[]"}, tarfile.REGTYPE, "no whole backup"),
        ({"backup.json": b'{"format": 1}'}, tarfile.REGTYPE, "no database"),
        ({"backup.json": b'{"format": 9, "bookwheel": "7.0"}'}, tarfile.REGTYPE, "7.0"),
        ({"backup.json": b'{"format": 1}', "bookwheel.sqlite3": b"no database" * 99},
         tarfile.REGTYPE, "damaged"),
        ({}, tarfile.REGTYPE, "is not there"),
    ],
)  # fmt: skip
def test_what_is_no_backup_is_refused(
    tmp_path: Path, held: dict[str, bytes], kind: bytes, said: str
) -> None:
    folder = tmp_path / "deep" / "empty"
    told = ran(folder, "restore", str(packed(tmp_path / "b.tar.zst", held, kind)))
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "outside").exists()
