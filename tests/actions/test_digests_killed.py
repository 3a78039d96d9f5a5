"""Digests by processes that are killed anywhere, and by two at once: never two mails for a day."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import processes
from library import fill, records
from post_office import Office, office

__all__ = ["office"]
pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parent / "dying_digests.py"
READERS, KILLS = 24, 30
SLOT = "digest 2026-06-01"


@pytest.fixture
def folder(data_folder: Path, library_folder: Path, office: Office) -> Path:
    """A library with readers whose digests are all due."""
    shutil.copytree(library_folder / "index", data_folder / "index")
    fill(data_folder, records())
    now = datetime.now(UTC).isoformat(" ")
    with closing(sqlite3.connect(data_folder / "bookwheel.sqlite3")) as database, database:
        for number in range(1, READERS + 1):
            mine = {"reader_id": number}
            named = {"id": number, "username": f"r{number}", "is_active": 1, "date_joined": now}
            address = {"address": f"r{number}@example.org", "confirmed": now}
            plan = {"weekdays": "12345", "hour": 7, "when": "always", "most": 20, "likes": 1}
            due = {"slot": SLOT, "state": "waiting", "again": now, "created": now}
            _insert(database, "reader", {**named, "password": "!"})
            _insert(database, "mailaddress", mine | address)
            _insert(database, "digestplan", {**mine, **plan, "on": 1, "covered": "2026-01-01"})
            _insert(database, "digest", mine | due)
    return data_folder


def _insert(database: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    """A row whose other columns get what an empty form would give them."""
    columns = database.execute(f"PRAGMA table_info(bookwheel_{table})").fetchall()
    for _place, name, kind, needed, default, key in columns:
        if needed and name not in row and not key and default is None:
            row[name] = "" if kind.startswith(("varchar", "text")) else 0
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO bookwheel_{table} ({names}) VALUES ({marks})", [*row.values()])


def states(folder: Path) -> dict[int, str]:
    with closing(sqlite3.connect(folder / "bookwheel.sqlite3")) as database:
        return dict(database.execute("SELECT reader_id, state FROM bookwheel_digest"))


def arrived(office: Office) -> Counter[int]:
    """How many mails each reader got."""
    return Counter(int(mail["To"].partition("@")[0][1:]) for mail in office.arrived)


def test_killed_anywhere_nobody_gets_two(folder: Path, office: Office) -> None:
    done = processes.run(folder, str(KILLS), "7", script=SCRIPT)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= KILLS
    mails, left = arrived(office), states(folder)
    assert set(left.values()) <= {"sent", "unsure"}
    assert max(mails.values()) == 1
    assert {reader for reader, state in left.items() if state == "sent"} <= set(mails)
    assert Counter(left.values())["unsure"] < READERS / 2


def test_two_at_once_send_each_digest_once(folder: Path, office: Office) -> None:
    both = [processes.start(folder, "digest", "send") for _ in range(2)]
    for process in both:
        _out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert arrived(office) == Counter(dict.fromkeys(range(1, READERS + 1), 1))
    assert set(states(folder).values()) == {"sent"}


def test_preview_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    for name, word in (("one.html", "<!doctype html>"), ("one.txt", "papers in the listing")):
        done = processes.run(folder, "digest", "preview", "--reader", "r1", "--to", tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert word in (tmp_path / name).read_text()
    nobody = processes.run(folder, "digest", "preview", "--reader", "nobody")
    assert nobody.returncode == 1 and b"There is no account" in nobody.stderr
