"""`bookwheel serve`, with real processes and real connections on this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from itertools import islice
from pathlib import Path

import pytest

from bookwheel.cli.serve import _listen, command
from bookwheel.index import manifest
from library import other_encoder

pytestmark = pytest.mark.slow
BROWSER = {"Accept": "text/html"}


@dataclass
class Server:
    """A running `bookwheel serve`."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str, **headers: str) -> HTTPResponse:
        """Ask for a page; its body can be read from what is returned."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=BROWSER | headers)
        return connection.getresponse()

    def workers(self) -> list[int]:
        """Process numbers of the workers."""
        number = self.process.pid
        return [
            int(text) for text in Path(f"/proc/{number}/task/{number}/children").read_text().split()
        ]

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Stop it; its exit status and what it printed."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=12)  # workers that have to be killed take longer
        assert self.process.stdout
        with self.process.stdout as output:  # not `communicate`: it loses what was read ahead
            return code, output.read()


def start(folder: Path, *arguments: str, encoder: Path | str = "") -> Server:
    """Start a server on a free port and wait until it says where it is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bookwheel", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ
        | {
            "BOOKWHEEL_DATA": str(folder),
            "BOOKWHEEL_ENCODER": str(encoder),
            "PYTHONUNBUFFERED": "1",
        },
    )
    assert process.stdout
    said = ""
    while not (found := re.search(r"http://\S+:(\d+)/", said)):
        line = process.stdout.readline()
        assert line, said
        said += line
    return Server(process, int(found[1]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was served once, so that it has the sample."""
    folder = tmp_path_factory.mktemp("served") / "data"
    first = start(folder)
    assert first.stop()[0] == 0
    return folder


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """A server of the test's own, to stop and to hurt."""
    with running(folder) as server:
        yield server


@pytest.fixture(scope="module")
def shared(folder: Path) -> Iterator[Server]:
    """A server that is only asked for pages."""
    with running(folder) as server:
        yield server


@contextmanager
def running(folder: Path, *, encoder: Path | str = "") -> Iterator[Server]:
    server = start(folder, "--workers", "2", encoder=encoder)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()
        assert server.process.stdout
        server.process.stdout.close()


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_first_command_brings_papers(shared: Server) -> None:
    page = shared.get("/new")
    assert page.status == 200
    assert len(set(re.findall(rb'href="/abs/(\d{4}\.\d{5})"', page.read()))) == 25


def test_an_index_of_another_version_is_made_anew(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "data")
    (tmp_path / "data" / "index" / "manifest.json").write_text('{"format": 0}')
    server = start(tmp_path / "data", "--workers", "1")
    assert len(set(re.findall(rb'href="/abs/(\d{4}\.\d{5})"', server.get("/new").read()))) == 25
    assert server.stop()[0] == 0


@pytest.fixture
def trained(tmp_path: Path) -> Path:
    """The file of an encoder that is not the shipped one."""
    other_encoder().save(tmp_path / "trained.npz")
    return tmp_path / "trained.npz"


def _encoder_in_force(folder: Path) -> str:
    return manifest.load(folder / "index").encoder


def test_with_another_encoder_the_old_index_serves_until_a_new_one_is_there(
    folder: Path, tmp_path: Path, trained: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "data")
    old, new = _encoder_in_force(copy), other_encoder().fingerprint
    with running(copy, encoder=trained) as server:
        seen, pages = [], ("/new", "/search?q=neural+networks", "/new")
        while new not in seen[-1:]:
            seen.append(_encoder_in_force(copy))
            answers = [server.get(page) for page in pages]
            assert [answer.status for answer in answers] == [200] * len(pages)
            assert all(b'href="/abs/' in answer.read() for answer in answers)
        assert seen[0] == old
        assert server.process.stdout
        # How far it is, is said too, now and then when it takes long.
        said = iter(server.process.stdout.readline, "")
        assert list(islice((line for line in said if "is being made" not in line), 2)) == [
            "The index was made with another encoder. It serves while a new one is made.\n",
            "The index is made with the new encoder: 20,000 papers.\n",
        ]
        assert server.stop() == (0, "The reading room is closed.\n")
    with running(copy, encoder=trained) as server:
        assert server.stop() == (0, "The reading room is closed.\n")


def test_killed_while_it_makes_a_new_index_it_leaves_no_process_and_ends_it_later(
    folder: Path, tmp_path: Path, trained: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "data")
    old, new = _encoder_in_force(copy), other_encoder().fingerprint
    with running(copy, encoder=trained) as server:
        wait_until((copy / "index" / manifest.STAGING).exists, 120)  # of low priority
        children = server.workers()
    wait_until(lambda: not any(Path(f"/proc/{number}/cmdline").exists() for number in children))
    assert _encoder_in_force(copy) == old
    with running(copy, encoder=trained) as server:
        assert server.get("/new").status == 200
        wait_until(lambda: _encoder_in_force(copy) == new, 120)
        assert server.get("/search?q=neural+networks").status == 200
        assert server.stop(signal.SIGINT)[0] == 0


@pytest.mark.parametrize("name", ["BOOKWHEEL_ENCODER", "BOOKWHEEL_RERANKER"])
def test_a_setting_that_names_no_model_stops_it_with_one_line(folder: Path, name: str) -> None:
    environment = {"BOOKWHEEL_DATA": str(folder), name: str(folder / "none.npz")}
    done = subprocess.run(
        [sys.executable, "-m", "bookwheel", "serve", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_it_stops_when_asked(server: Server) -> None:
    assert server.get("/help").status == 200
    code, output = server.stop(signal.SIGTERM)
    assert (code, output) == (0, "The reading room is closed.\n")


def test_it_stops_at_ctrl_c_without_a_trace(server: Server) -> None:
    workers = server.workers()
    for number in workers:  # a terminal tells all of them
        os.kill(number, signal.SIGINT)
    code, output = server.stop(signal.SIGINT)
    assert (code, output) == (0, "The reading room is closed.\n")


def _kill_one_and_wait_for_another(server: Server) -> None:
    before = set(server.workers())
    os.kill(max(before), signal.SIGKILL)
    wait_until(lambda: len(set(server.workers()) - before) == 1)


def test_a_worker_that_dies_is_replaced(server: Server) -> None:
    wait_until(lambda: len(server.workers()) == 2)
    for _ in range(2):  # the second time at once, which is no fault of the start
        _kill_one_and_wait_for_another(server)
    assert [server.get("/help").status for _ in range(6)] == [200] * 6


def test_workers_do_not_outlive_whoever_watches_them(server: Server) -> None:
    workers = server.workers()
    os.kill(server.process.pid, signal.SIGKILL)
    wait_until(lambda: not any(Path(f"/proc/{number}/cmdline").exists() for number in workers))


def test_a_proxy_that_says_nothing_of_itself_does_not_make_all_its_visitors_the_local_reader(
    shared: Server,
) -> None:
    with socket.create_connection(("127.0.0.1", shared.port), timeout=20) as connection:
        connection.sendall(b"GET /help HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n")
        assert b"302 Found" in connection.recv(4096)


def test_a_body_that_no_form_sends_is_refused(shared: Server) -> None:
    with socket.create_connection(("127.0.0.1", shared.port), timeout=20) as connection:
        head = f"POST /do/like HTTP/1.1\r\nHost: localhost\r\nContent-Length: {10**12}\r\n\r\n"
        connection.sendall(head.encode())
        with suppress(ConnectionError):  # it hangs up while we go on sending
            for _ in range(80):
                connection.sendall(b"x" * 65536)
        assert b"413" in connection.recv(4096)
    assert shared.get("/help").status == 200


def test_both_workers_get_readers(shared: Server) -> None:
    connections = [HTTPConnection("127.0.0.1", shared.port, timeout=20) for _ in range(40)]
    for connection in connections:
        connection.connect()
    for connection in connections:
        connection.request("GET", "/help", headers=BROWSER)
        assert connection.getresponse().read()
    held = [_open_sockets(number) for number in shared.workers()]
    for connection in connections:
        connection.close()
    assert sum(held) >= 40
    assert min(held) >= 4, held


def _open_sockets(process: int) -> int:
    names = [path.readlink().name for path in Path(f"/proc/{process}/fd").iterdir()]
    return sum(name.startswith("socket:") for name in names)


def test_files_may_be_kept_for_ever_and_pages_may_not(shared: Server) -> None:
    page = shared.get("/help")
    style = re.search(r'href="(/static/\w{12}/\S+?\.css)"', page.read().decode())
    assert style
    answer = shared.get(style[1])
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "max-age=31536000, public"
    assert answer.read()
    assert "max-age=31536000" not in (page.headers["Cache-Control"] or "")


def test_a_page_carries_the_headers_that_protect_it(shared: Server) -> None:
    headers = shared.get("/help").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Server"] is None
    cookies = headers.get_all("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_a_taken_port_is_named_with_another_to_try(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "bookwheel", "serve", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"BOOKWHEEL_DATA": str(folder)},
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_bound_to_all_addresses_accounts_are_needed(folder: Path) -> None:
    server = start(folder, "--host", "0.0.0.0", "--workers", "1")
    answer = server.get("/new")
    assert (answer.status, answer.headers["Location"]) == (302, "/account/login?next=/new")
    code, output = server.stop()
    assert (code, output.splitlines()) == (
        0,
        [
            "Nobody can log in yet. Make an account: bookwheel user add NAME",
            "The reading room is closed.",
        ],
    )


def test_it_explains_its_options() -> None:
    assert {option.name for option in command.params} == {"host", "port", "workers"}


def test_answers_are_sent_at_once() -> None:
    """Without the protocol named, asyncio leaves Nagle's algorithm on: 40 ms a small answer."""
    with _listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP
