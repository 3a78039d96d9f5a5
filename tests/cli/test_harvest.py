"""`bookwheel setup`, `harvest`, `worker` and `status --check` in processes of their own."""

from __future__ import annotations

import json
import signal
import time

import pytest
from filelock import FileLock, Timeout

from processes import run, start

pytestmark = pytest.mark.slow


def test_setup_and_status(data_folder):
    done = run(data_folder, "setup", "--category", "cs.lg", "--since", "2026-05-01", "--yes")
    assert done.returncode == 0, done.stderr
    assert b"records to fetch" in done.stdout
    told = json.loads(run(data_folder, "status", "--json").stdout)["arxiv"]
    assert (told["categories"], told["state"]) == ("cs.LG", "offline")
    assert run(data_folder, "status", "--check").returncode == 0  # nobody expects anything


def test_setup_refuses_what_arxiv_does_not_have(data_folder):
    refused = run(data_folder, "setup", "--category", "cs.XX", "--yes")
    assert refused.returncode == 1
    assert b"no category" in refused.stderr


def test_harvest_offline_says_so(data_folder):
    done = run(data_folder, "harvest")
    assert done.returncode == 1
    assert b"kept off the internet" in done.stdout
    one = run(data_folder, "harvest", "1706.03762")
    assert one.returncode == 1
    assert b"BOOKWHEEL_OFFLINE" in one.stderr


def _held(path):
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False


def test_a_worker_ends_when_asked(data_folder):
    worker = start(data_folder, "worker")
    while not _held(data_folder / "worker.lock"):
        assert worker.poll() is None
        time.sleep(0.05)
    worker.send_signal(signal.SIGTERM)
    out, err = worker.communicate(timeout=60)
    assert worker.returncode == 0, err
    assert b"The worker has ended." in out
