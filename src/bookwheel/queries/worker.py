"""Whether somebody follows arXiv at the moment, in any process."""

from __future__ import annotations

from filelock import FileLock, Timeout

from bookwheel.config import config

LOCK = "worker.lock"  # held by the worker as long as it lives


def is_at_work() -> bool:
    """Whether a worker holds its lock."""
    if not (config().data / LOCK).exists():
        return False
    lock = FileLock(config().data / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False
