"""Two machines that serve and one that harvests, over one PostgreSQL, each killed while in use.

Every machine has a data folder of its own. What readers were told is stored stays stored, no page
fails on a machine that runs, the harvest comes to its end, and no job is done by two.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg
import pytest

from bookwheel.index import manifest
from dumps import line, record, write
from installations import ran
from loopback_server import serving
from standin import StandIn

pytestmark = [pytest.mark.slow, pytest.mark.loopback]
HELD, HARVESTED = 400, 300
PASSWORD = "correct horse battery staple"


@dataclass
class Machine:
    """A data folder, and a program that runs there."""

    folder: Path
    settings: dict[str, str]
    arguments: tuple[str, ...]
    process: subprocess.Popen[str] | None = None
    address: str = ""

    def start(self) -> None:
        """Start it; a server has said where it is when this returns."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bookwheel", *self.arguments],
            env=os.environ | self.settings | {"BOOKWHEEL_DATA": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        while self.arguments[0] == "serve":
            said = self.process.stdout.readline()
            assert said, "it ended"
            if found := re.search(r"http://\S+:\d+", said):
                self.address = found[0]
                return

    def runs(self) -> bool:
        """Whether it is there; what it said last, where it ended by itself."""
        assert self.process.poll() is None, self.process.stdout.read()
        return True

    def kill(self) -> None:
        """All its processes, as when the power goes."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.process:
            self.process.stdout.close()


@dataclass
class Reader:
    """Alice at one of the machines: looks at pages, likes papers, remembers what was promised."""

    machine: Machine
    papers: list[str]
    liked: list[str] = field(default_factory=list)
    pages: int = 0
    failures: list[str] = field(default_factory=list)

    def read(self, stop: threading.Event) -> None:
        """Go on until `stop`; a machine that is down is waited for."""
        opener = self._logged_in()
        for paper in self.papers:
            if stop.is_set():
                return
            try:
                for page in ("/new", f"/abs/{paper}", "/search?q=radiance"):
                    opener.open(self.machine.address + page, timeout=20).read()
                    self.pages += 1
                self._like(opener, paper)
            except HTTPError as error:
                self.failures.append(f"{error.code} {error.url}")
            except (URLError, OSError, HTTPException):
                stop.wait(0.2)

    def _logged_in(self) -> Any:
        opener = build_opener(HTTPCookieProcessor())
        opener.addheaders = [("Accept", "text/html")]
        self._post(opener, "/account/login", login="alice", password=PASSWORD)
        return opener

    def _like(self, opener: Any, paper: str) -> None:
        self._post(opener, "/do/like", paper=paper)
        self.liked.append(paper)

    def _post(self, opener: Any, path: str, **fields: str) -> None:
        page = opener.open(self.machine.address + ("/new" if "/do/" in path else path)).read()
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        body = urlencode(fields | {"csrfmiddlewaretoken": token[1].decode()}).encode()
        opener.open(Request(self.machine.address + path, body), timeout=20).read()


@contextmanager
def running(*machines: Machine) -> Iterator[None]:
    try:
        for machine in machines:
            machine.start()
        yield
    finally:
        for machine in machines:
            machine.kill()


def wait_until(true: Callable[[], object], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def _rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(sql).fetchall()


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(one) for one in told.split()]


def test_each_can_die(postgres_url: str, tmp_path: Path) -> None:
    shared = {"BOOKWHEEL_DATABASE_URL": postgres_url, "BOOKWHEEL_SECRET_KEY": "k" * 50}
    dump = write(tmp_path / "held.jsonl", [line(number) for number in range(1, HELD + 1)])
    one, two = [tmp_path / name for name in ("one", "two")]
    assert ran(one, "import", str(dump), url=postgres_url).returncode == 0
    assert ran(two, "index", url=postgres_url).returncode == 0
    added = subprocess.run(
        [sys.executable, "-m", "bookwheel", "user", "add", "alice"],
        env=os.environ | shared | {"BOOKWHEEL_DATA": str(one)},
        input=PASSWORD.encode(),
        capture_output=True,
    )
    assert added.returncode == 0, added.stderr

    records = [record(number, update_date="2026-01-02")
               for number in range(HELD + 1, HELD + HARVESTED + 1)]  # fmt: skip
    stand_in = StandIn(records, time.time, time.sleep, page_size=100)
    with serving(stand_in, time.time) as arxiv:
        online = shared | {
            "BOOKWHEEL_OFFLINE": "false",
            "BOOKWHEEL_ARXIV_SITE": arxiv.address,
            "BOOKWHEEL_ARXIV_OAI": f"{arxiv.address}/oai",
            "BOOKWHEEL_ARXIV_RSS": f"{arxiv.address}/rss",
        }
        web = [Machine(folder, shared, ("serve", "--port", "0", "--workers", "2"))
               for folder in (one, two)]  # fmt: skip
        harvester = Machine(tmp_path / "three", online, ("worker",))
        with running(*web, harvester):
            _use_and_kill(web, harvester, postgres_url)
            _no_more_than_one_job_at_a_time(postgres_url)
            # Both machines follow what the third harvested.
            for machine in web:
                wait_until(lambda m=machine: _indexed(m.folder) == HELD + HARVESTED)
        assert min(arxiv.gaps()) >= 3


def _use_and_kill(web: list[Machine], harvester: Machine, url: str) -> None:
    stop = threading.Event()
    names = [f"2501.{number:05d}" for number in range(1, HELD + 1)]
    readers = [Reader(machine, names[place::2]) for place, machine in enumerate(web)]
    threads = [threading.Thread(target=reader.read, args=(stop,)) for reader in readers]
    for thread in threads:
        thread.start()
    wait_until(lambda: all(reader.liked for reader in readers))
    for number, machine in enumerate(web):
        told = len(readers[number].liked), len(readers[1 - number].liked)
        machine.kill()
        wait_until(lambda n=number, t=told: len(readers[1 - n].liked) > t[1])  # the other goes on
        machine.start()
        wait_until(lambda n=number, t=told: len(readers[n].liked) > t[0])
    wait_until(lambda: harvester.runs() and _rows(url, "SELECT 1 FROM bookwheel_job"))
    harvester.kill()
    harvester.start()
    os.kill(_children(web[0].process.pid)[0], signal.SIGKILL)  # one worker: it is replaced
    sql = "SELECT COUNT(*) FROM bookwheel_paper"
    wait_until(lambda: _rows(url, sql)[0][0] == HELD + HARVESTED)
    stop.set()
    for thread in threads:
        thread.join()
    stored = {paper for (paper,) in _rows(url, _LIKED)}
    promised = {paper for reader in readers for paper in reader.liked}
    assert promised and promised <= stored
    assert [reader.failures for reader in readers] == [[], []]
    assert all(reader.pages > 3 for reader in readers)


_LIKED = """
    SELECT arxiv_id FROM bookwheel_mark JOIN bookwheel_paper AS paper ON paper.id = paper_id
    WHERE kind = 'like'
"""


def _no_more_than_one_job_at_a_time(url: str) -> None:
    runs = _rows(url, "SELECT name, started, ended FROM bookwheel_job ORDER BY name, started")
    assert {name for name, _, _ in runs} >= {"records"}
    for (name, _, ended), (following, started, _) in zip(runs, runs[1:], strict=False):
        assert name != following or (ended is not None and ended <= started)


def _indexed(folder: Path) -> int:
    return manifest.load(folder / "index").changed
