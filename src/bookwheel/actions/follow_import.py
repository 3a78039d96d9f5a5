"""Build the index in a second process while papers are being imported, so that both cores work.

Imports nothing of Django at the top: the second process starts from this file, before it is set up.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import SynchronizedArray
from multiprocessing.synchronize import Event

from bookwheel.errors import BookwheelError

_LOOK = 0.2  # seconds between looks at how far the index is

_spawn = multiprocessing.get_context("spawn")  # a fork would share database handles and threads


class Follower:
    """The second process."""

    def __init__(self) -> None:
        self._finished: Event = _spawn.Event()
        self._counts: SynchronizedArray[int] = _spawn.Array("q", 2)
        self._trouble, trouble = _spawn.Pipe(duplex=False)
        self._process: SpawnProcess = _spawn.Process(
            target=_follow, args=(self._finished, self._counts, trouble)
        )
        self._process.start()
        trouble.close()

    def finish(self, progress: Callable[[int, int], None], stop: Callable[[], bool]) -> bool:
        """Tell it that no more papers come, and wait; False when asked to `stop` before the end.

        `progress` hears of papers done and to do.

        Raises:
            BookwheelError: the index could not be finished, and why.
        """
        self._finished.set()
        while self._process.is_alive():
            if stop():
                return False
            progress(*self._counts[:])
            self._process.join(_LOOK)
        if self._process.exitcode:
            told = self._trouble.recv() if self._trouble.poll() else ""
            raise BookwheelError(
                told
                or f"The index was not finished: its process ended with {self._process.exitcode}. "
                "The papers are safe. Run `bookwheel index` to make them searchable."
            )
        return True

    def end(self) -> None:
        """Stop it where it is, when it still runs; a build that is cut off does no harm."""
        self._process.terminate()
        self._process.join()


@contextmanager
def following() -> Iterator[Follower]:
    """Have the index built while the block runs; leaving the block early stops the building."""
    follower = Follower()
    try:
        yield follower
    finally:
        follower.end()


def _follow(finished: Event, counts: SynchronizedArray[int], trouble: Connection) -> None:
    """The life of the second process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the first one decides
    threading.Thread(target=_finish_with_parent, args=(finished,), daemon=True).start()
    import django

    django.setup()
    from bookwheel.actions.build_index import follow

    def progress(done: int, total: int) -> None:
        counts[0], counts[1] = done, total

    try:
        follow(finished, progress)
    except BookwheelError as error:
        trouble.send(str(error))
        sys.exit(1)


def _finish_with_parent(finished: Event) -> None:
    """Index what is there and end, when the importing process was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        finished.set()
