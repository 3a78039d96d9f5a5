"""What `pip install .` installs: everything that the site needs, and a server that opens."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REQUIREMENTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
TREE = ("pyproject.toml", "README.md", "LICENSE", *REQUIREMENTS)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built in a copy so that the checkout stays clean."""
    tree = tmp_path_factory.mktemp("tree")
    for name in TREE:
        shutil.copy(ROOT / name, tree / name)
    shutil.copytree(
        ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", "dist", "."], cwd=tree, check=True, capture_output=True)
    (made,) = (tree / "dist").iterdir()
    return made


@pytest.mark.slow
def test_wheel_holds_the_whole_package(wheel: Path) -> None:
    package = ROOT / "src" / "bookwheel"
    there = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("bookwheel/")}
    assert inside == there
    for needed in ("templates/base.html", "static/bookwheel.css", "data/sample.jsonl.zst"):
        assert f"bookwheel/{needed}" in inside


@pytest.fixture
def server(wheel: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`bookwheel serve` out of the wheel, the first time, on a free port."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "BOOKWHEEL_DATA": str(tmp_path / "data")}
    running = subprocess.Popen(
        [sys.executable, "-P", "-u", "-m", "bookwheel", "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield running
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0


def fetch(address: tuple[str, int], path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(*address, timeout=60)
    connection.request("GET", path, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.slow
def test_first_visit(server: subprocess.Popen[str]) -> None:
    """The sample is loaded, the address is printed, papers are there and so is their style."""
    assert server.stdout
    for line in server.stdout:
        if found := re.search(r"http://(127\.0\.0\.1):(\d+)/", line):
            break
    else:
        pytest.fail("no address was printed")
    address = (found[1], int(found[2]))
    status, page = fetch(address, "/new")
    assert status == 200
    assert page.count('href="/abs/') > 10
    sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert sheet and fetch(address, sheet[1])[0] == 200
