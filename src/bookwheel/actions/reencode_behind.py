"""Make the index again in a process of its own, of low priority, while the site is open.

Imports nothing of Django at the top: the second process starts from this file, before it is set up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait

from bookwheel.errors import BookwheelError

LOWEST = 19  # priority
_NEWS = 30.0  # seconds between two lines about how far it is

_spawn = multiprocessing.get_context("spawn")  # a fork would share database handles

Tell = Callable[[str], object]


@contextmanager
def reencoding(tell: Tell) -> Iterator[None]:
    """Have it made while the block runs; leaving the block early stops it, which does no harm.

    `tell` is called in the other process, once for each line of news.
    """
    process = _spawn.Process(target=_work, args=(tell,))
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _work(tell: Tell) -> None:
    """The life of the second process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the first one decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(LOWEST)
    import django

    django.setup()
    from bookwheel.actions.reencode_index import reencode_index

    try:
        count = reencode_index(_News(tell))
    except BookwheelError as error:
        tell(str(error))
    else:
        tell(f"The index is made with the new encoder: {count:,} papers.")


class _News:
    """Tells how far it is, not too often."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._last > _NEWS:
            self._last = time.monotonic()
            self._tell(f"The index is being made with the new encoder: {done:,} of {total:,}.")


def _end_with_parent() -> None:
    """Stop when the site was killed: the next start does the rest."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
