"""One at a time, on both databases."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.db import connection

from bookwheel.models.locks import alone, lock


@pytest.fixture
def folder(db, data_folder, configure):
    configure(data=data_folder)
    return data_folder


def test_one_holds_it(folder):
    first, second = lock("jobs/one"), lock("jobs/one")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire(wait=True)
    second.release()


def test_different_ones_do_not_meet(folder):
    with alone("one"):
        other = lock("another")
        assert other.acquire()
        other.release()


def test_whoever_dies_lets_go(folder, monkeypatch):
    if connection.vendor == "postgresql":  # the other process is to use the tests' own database
        here = connection.settings_dict
        url = f"postgresql://{here['USER']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
        monkeypatch.setenv("BOOKWHEEL_DATABASE_URL", url)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    assert not lock("one").acquire()
    holder.kill()
    holder.communicate()
    with alone("one"):
        pass


_HOLD = """
import django; django.setup()
from bookwheel.models.locks import lock
one = lock("one")
assert one.acquire()
print("held", flush=True)
input()
"""
