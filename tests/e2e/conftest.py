"""A real server over a small import, and a real browser in front of it.

The reader is the one alone on this machine; each test finds that reader new. Skipped where Chromium
or its driver is missing.
"""

from __future__ import annotations

import io
import re
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

import processes
from browser import WIDE, Page

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
READERS = (  # tables that hold what a reader did
    "annotation",
    "place",
    "sharedlink",
    "message",
    "conversation",
    "memory",
    "owntext",
    "tokenuse",
    "asking",
    "change",
    "mark",
    "steeringstep",
    "tagsteering",
    "awaitedpaper",
    "opened",
    "tagging",
    "tag",
    "reading",
    "dayread",
    "lastvisit",
    "authorship",
    "delivery",
    "webhook",
    "digest",
    "digestplan_without",
    "digestplan",
    "mailaddress",
    "followedauthor",
    "savedsearch",
)
EVERY = 64  # lines of the sample that are imported


@dataclass(frozen=True)
class Site:
    """A running server."""

    address: str
    folder: Path

    def forget(self) -> None:
        """Make the reader new again: nothing liked, hidden, tagged or chosen."""
        connection = sqlite3.connect(self.folder / "bookwheel.sqlite3", timeout=20)
        with connection:
            for table in READERS:
                connection.execute(f"DELETE FROM bookwheel_{table}")
            connection.execute(
                "UPDATE bookwheel_reader SET density='sentences', theme='system', line=0.4, "
                "time_zone='', shade=0, "
                "explore=10, learn_opens=0, taste_version = taste_version + 1"
            )
        connection.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Import some papers of the sample and serve them."""
    folder = tmp_path_factory.mktemp("site")
    dump = folder / "papers.jsonl"
    dump.write_bytes(b"\n".join(_lines()))
    result = processes.run(folder / "data", "import", dump)
    assert result.returncode == 0, result.stderr.decode()
    server = processes.start(folder / "data", "serve", "--port", "0", "--workers", "1")
    assert server.stdout
    said = server.stdout.readline().decode()
    found = re.search(r"http://[\d.]+:\d+", said)
    assert found, said
    yield Site(found[0], folder / "data")
    server.send_signal(signal.SIGINT)
    try:
        server.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()


def _lines() -> list[bytes]:
    """Records of the sample, of all its days."""
    import zstandard

    sample = resources.files("bookwheel") / "data" / "sample.jsonl.zst"
    with sample.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(file.read())).read()
    return lines.split(b"\n")[::EVERY]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Any]:
    """Start the browser, once."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("Chromium and chromedriver are needed to look at pages in a browser")
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = browser
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = Chrome(options=options, service=ChromeService(driver))
    yield started
    started.quit()


@pytest.fixture
def page(chrome: Any, site: Site) -> Iterator[Any]:
    """Give the browser for one test: a new reader, a wide window, no complaint on the console."""

    site.forget()
    made = Page(chrome, site.address)
    made.resize(*WIDE)
    chrome.get_log("browser")
    yield made
    complaints = [entry["message"] for entry in chrome.get_log("browser")]
    assert complaints == []
