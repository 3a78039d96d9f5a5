"""10,000 records, every fault at random, the harvester killed 20 times: as if nothing had been."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from dumps import record, versions
from loopback_server import serving
from shared_clock import SharedClock
from standin import FAULTS, StandIn

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parent / "dying_harvests.py"
RECORDS, KILLS, PAGE = 10_000, 20, 250
FIRST = date(2026, 1, 1)


def world() -> list[dict[str, object]]:
    """Some have several versions, some are withdrawn, some deleted, some no papers at all."""
    found = []
    for number in range(1, RECORDS + 1):
        one = record(number, update_date=str(FIRST + timedelta(days=number * 90 // RECORDS)))
        if number % 7 == 0:
            one["versions"] = versions("2 Jan 2025", "3 Feb 2026")
        if number % 101 == 0:
            one["comments"] = "This paper has been withdrawn by the author"
        if number % 211 == 0:
            one["deleted"] = True
        if number % 997 == 0:
            one["categories"] = "none"
        found.append(one)
    return found


def harvested(folder: Path, clock_file: Path, stand_in: StandIn, kills: int) -> list[float]:
    """Harvest all of it into a folder; gives the gaps between requests, in seconds."""
    import os

    with serving(stand_in, stand_in.now) as server:
        environment = os.environ | {
            "BOOKWHEEL_DATA": str(folder),
            "BOOKWHEEL_OFFLINE": "false",
            "BOOKWHEEL_ARXIV_SITE": server.address,
            "BOOKWHEEL_ARXIV_OAI": f"{server.address}/oai",
        }
        done = subprocess.run(
            [sys.executable, SCRIPT, clock_file, str(kills), "7"],
            env=environment,
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert int(done.stdout) == kills
        return server.gaps()


def papers(folder: Path) -> list[tuple[object, ...]]:
    """All that is stored of each paper, but for the order in which it came."""
    with closing(sqlite3.connect(folder / "bookwheel.sqlite3")) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(bookwheel_paper)")]
        kept = ", ".join(name for name in columns if name not in ("id", "changed"))
        rows = connection.execute(f"SELECT {kept} FROM bookwheel_paper ORDER BY arxiv_id")
        return rows.fetchall()


def test_the_end_is_the_same(tmp_path, data_folder):
    import shutil

    other = Path(shutil.copytree(data_folder, tmp_path / "calm"))
    records = world()
    calm_clock = SharedClock.start(tmp_path / "calm.clock", 1_780_000_000.0)
    calm = StandIn(records, calm_clock.now, calm_clock.sleep, page_size=PAGE)
    assert min(harvested(other, tmp_path / "calm.clock", calm, 0)) >= 3 - 1e-6

    clock = SharedClock.start(tmp_path / "clock", 1_780_000_000.0)
    wild = StandIn(
        records, clock.now, clock.sleep, page_size=PAGE, faults=FAULTS, rate=0.35, seed=11
    )
    gaps = harvested(data_folder, tmp_path / "clock", wild, KILLS)

    expected = papers(other)
    deleted, bad = RECORDS // 211, RECORDS // 997
    assert len(expected) == RECORDS - deleted - bad
    assert papers(data_folder) == expected
    assert set(wild.happened) == set(FAULTS)
    assert min(gaps) >= 3 - 1e-6
