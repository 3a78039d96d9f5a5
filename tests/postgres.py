"""A real PostgreSQL server for tests: Debian's, in a folder of its own, gone when they are over.

`TEST_DATABASE=postgres pytest tests/queries` runs tests on it in place of SQLite. The fixture
`postgres_url` gives a test a database of its own whatever the others run on.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

_databases = count(1)
# Nothing is to survive: without these a test's every commit would wait for the disk.
_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_QUIET = ("max_connections=200", "log_min_messages=fatal", "unix_socket_directories=")


def programs() -> Path | None:
    """Where the newest server's programs are, if there are any."""
    found = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else places[-1].parent if places else None


class Server:
    """A server on a free port of loopback."""

    def __init__(self) -> None:
        where = programs()
        if where is None:
            raise FileNotFoundError("no PostgreSQL server; on Debian: apt-get install postgresql")
        self._folder = Path(tempfile.mkdtemp(prefix="bookwheel-postgres-"))
        self._files, self._programs = self._folder / "data", where
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(self._folder, "postgres", "postgres")
        self._run("initdb", "--username=test", "--auth=trust", "--encoding=UTF8", "--no-sync",
                  "--locale=C.UTF-8")  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        options = " ".join(f"-c {one}" for one in (*_SPEED, *_QUIET, f"port={self.port}"))
        self._run("pg_ctl", "start", "--wait", "--silent", f"--options={options}",
                  f"--log={self._folder / 'log'}")  # fmt: skip

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments, f"--pgdata={self._files}"]
        user = "postgres" if os.geteuid() == 0 else None
        group = "postgres" if os.geteuid() == 0 else None
        subprocess.run(command, user=user, group=group, cwd="/", check=True, timeout=120,
                       extra_groups=[] if user else None, stdout=subprocess.DEVNULL)  # fmt: skip

    def url(self, database: str = "postgres") -> str:
        """Address of one of its databases."""
        return f"postgresql://test@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Stop it at once and take its files away."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--silent")
        shutil.rmtree(self._folder)


def use() -> None:
    """Let this run use PostgreSQL, all its processes one server. Call before Django loads."""
    if "TEST_DATABASE_URL" not in os.environ:
        server = Server()
        atexit.register(server.stop)
        os.environ["TEST_DATABASE_URL"] = server.url()
    os.environ["BOOKWHEEL_DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]


@pytest.fixture(scope="session")
def _server() -> Iterator[Server]:
    if programs() is None and "CI" not in os.environ:
        pytest.skip("no PostgreSQL server here; on Debian: apt-get install postgresql")
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(_server: Server) -> str:
    """Address of an empty database."""
    import psycopg

    name = f"bookwheel_{next(_databases)}"
    with psycopg.connect(_server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return _server.url(name)


if __name__ == "__main__":
    sys.exit(programs() is None)
