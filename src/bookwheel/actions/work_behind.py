"""Let a worker run in a process of its own, of lower priority, beside the site.

Imports nothing of Django at the top: the second process starts from this file, before it is set up.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait

LOWER = 10  # priority: pages come first
_PATIENCE = 20.0  # seconds in which it may finish what it is at

_spawn = multiprocessing.get_context("spawn")  # a fork would share database handles

Tell = Callable[[str], object]


@contextmanager
def working(tell: Tell) -> Iterator[None]:
    """Have it work while the block runs. `tell` is called in the other process."""
    process = _spawn.Process(target=_live, args=(tell,))
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join(_PATIENCE)
        process.kill()  # harmless: all that it does can be cut off anywhere
        process.join()


def _live(tell: Tell) -> None:
    """The life of the second process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the first one decides
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=_stop_with_parent, args=(stop,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(LOWER)
    import django

    django.setup()
    from bookwheel.actions.work import work

    work(stop, tell)


def _stop_with_parent(stop: threading.Event) -> None:
    """End when the site was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        stop.set()
