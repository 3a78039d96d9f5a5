"""What holds for all tests: a data folder of their own, no network, quick passwords.

For time use the fixture `time_machine`; for people `alice`, `bob` and `charlie`.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

import postgres

# The same cases each time, on slow machines too; --hypothesis-profile=default looks for new ones.
hypothesis.settings.load_profile("ci")

# Before Django loads: nothing of whoever runs the tests is read or written.
for _name in [name for name in os.environ if name.startswith("BOOKWHEEL_")]:
    del os.environ[_name]
_folder = tempfile.TemporaryDirectory(prefix="bookwheel-tests-")
os.environ["BOOKWHEEL_DATA"] = str(Path(_folder.name) / "data")
os.environ["BOOKWHEEL_OFFLINE"] = "true"
os.environ["BOOKWHEEL_MODEL_SERVERS"] = ""  # no language model is looked for
os.environ.pop("DATABASE_URL", None)
if os.environ.get("TEST_DATABASE") == "postgres":
    postgres.use()
os.environ["DJANGO_SETTINGS_MODULE"] = "bookwheel.django_settings"

from library import library, library_folder, own_shelf  # noqa: E402
from people import alice, bob, charlie, paper, visitor  # noqa: E402
from postgres import _server, postgres_url  # noqa: E402
from processes import data_folder, small_disk  # noqa: E402

__all__ = [
    "_server",
    "alice",
    "bob",
    "charlie",
    "data_folder",
    "library",
    "library_folder",
    "own_shelf",
    "paper",
    "postgres_url",
    "small_disk",
    "visitor",
]

_connect = socket.socket.connect
_LOOPBACK = ("127.", "::1", "localhost")


def pytest_configure(config: pytest.Config) -> None:
    """Argon2 is slow on purpose; tests make many accounts."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach another machine, and this one only if the test says so."""
    marks = ("loopback", "e2e", "slow")
    open_here = any(request.node.get_closest_marker(mark) for mark in marks)

    def connect(self: socket.socket, address: object) -> None:
        local = self.family == socket.AF_UNIX
        near = isinstance(address, tuple) and str(address[0]).startswith(_LOOPBACK)
        if not (local or (near and open_here)):
            raise AssertionError(f"a test tried to connect to {address}")
        _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Give a function that changes settings for one test: `configure(sign_up="open")`."""
    from bookwheel.config import config

    def change(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"BOOKWHEEL_{name.upper()}", str(value))
        config.cache_clear()

    yield change
    monkeypatch.undo()
    config.cache_clear()
