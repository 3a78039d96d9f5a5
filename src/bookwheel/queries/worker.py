"""Whether somebody follows arXiv at the moment, in any process."""

from __future__ import annotations

from bookwheel.models.locks import lock

LOCK = "worker"  # held by the worker as long as it lives


def is_at_work() -> bool:
    """Whether a worker holds its lock."""
    turn = lock(LOCK)
    if not turn.acquire():
        return True
    turn.release()
    return False
