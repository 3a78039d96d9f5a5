"""Worker processes that share one listening socket, and the process that watches over them.

Leaves out what is served (`asgi.py`) and where (`cli/serve.py`).
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType

import uvicorn
from django.db import connections

from bookwheel.errors import BookwheelError
from bookwheel.queries.asking import rehearse
from bookwheel.queries.engine import engine
from bookwheel.web.connections import Connection, allow_many

WAITING = 2048  # connections that may wait to be accepted
DEFERENCE = 0.0005  # seconds for each open connection that a worker leaves a new one to the others
MOST_DEFERENCE = 0.005
NO_ROOM = 1.0  # seconds to wait when the system gives no more connections
PATIENCE = 10.0  # seconds that running requests get when the server stops
_STOPPING = (signal.SIGINT, signal.SIGTERM)
_TOO_SOON = 5.0  # a worker that ends this many seconds after its start will do so again

_log = logging.getLogger(__name__)

# A forked worker shares the memory of what is imported and is ready at once.
if sys.platform == "linux":
    _processes = multiprocessing.get_context("fork")
else:
    _processes = multiprocessing.get_context("spawn")


class _Server(uvicorn.Server):
    """Takes a connection the later the more it has, so that the worker that has fewest takes it.

    All workers hear of a new connection. Left to themselves, the same one takes it each time, and
    keeps the other cores idle for as long as browsers keep their connections.
    """

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to take connections."""
        await super().startup(sockets=[])
        self._taking = [asyncio.create_task(self._take(listener)) for listener in sockets or []]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more, and let go of those that there are when their requests are answered."""
        for task in self._taking:
            task.cancel()
        await super().shutdown(sockets=sockets)

    async def _take(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        listener.setblocking(False)
        while True:
            await _readable(listener)
            await asyncio.sleep(min(DEFERENCE * len(self.server_state.connections), MOST_DEFERENCE))
            try:
                connection, _ = listener.accept()
                connection.setblocking(False)
                await loop.connect_accepted_socket(self._protocol, connection)
            except (BlockingIOError, ConnectionError):  # another worker took it, or it went away
                continue
            except OSError as error:  # no room for more connections: there will be
                _log.warning("A connection must wait: %s", error)
                await asyncio.sleep(NO_ROOM)

    def _protocol(self) -> asyncio.Protocol:
        return Connection(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )


async def _readable(listener: socket.socket) -> None:
    """Wait until somebody wants to connect."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(listener, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(listener)


def work(listener: socket.socket) -> None:
    """Serve until told to stop, or until the watching process is gone. Runs in a worker."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
    threading.Thread(target=_warm, daemon=True).start()
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_stop_with, args=(parent,), daemon=True).start()
    allow_many()
    config = uvicorn.Config(
        "bookwheel.asgi:application",
        loop="asyncio",
        http=Connection,
        ws="none",
        lifespan="off",
        log_level="error",  # requests that are none are no news
        access_log=False,
        proxy_headers=False,  # whom to believe is Django's business: setting `trusted_proxies`
        server_header=False,
        timeout_graceful_shutdown=int(PATIENCE),
    )
    try:
        asyncio.run(_Server(config).serve(sockets=[listener]))
    except KeyboardInterrupt:
        return


def _warm() -> None:
    """Open the index before the first visitor asks; what is wrong with it, the pages say."""
    with suppress(BookwheelError):
        engine()
        rehearse()
    connections.close_all()


def _stop_with(parent: BaseProcess) -> None:
    wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


class Watch:
    """Keeps a number of workers running until the process is asked to stop, by a signal."""

    def __init__(self, listener: socket.socket, workers: int) -> None:
        self._listener = listener
        self._workers = workers
        self._stopping = False
        for number in _STOPPING:
            signal.signal(number, self._stop)

    def run(self) -> None:
        """Start the workers and return when all have ended.

        Raises:
            BookwheelError: a worker cannot start.
        """
        gc.collect()
        gc.freeze()  # what is there now stays shared memory
        running: dict[BaseProcess, float] = {}
        try:
            for _ in range(self._workers):
                self._start(running)
            while not self._stopping:
                self._replace_ended(running)
        finally:
            _end(list(running))

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, running: dict[BaseProcess, float]) -> None:
        worker = _processes.Process(target=work, args=(self._listener,))
        # Before it has handlers of its own, a worker would use ours, and go on.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        try:
            worker.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        running[worker] = time.monotonic()

    def _replace_ended(self, running: dict[BaseProcess, float]) -> None:
        wait([worker.sentinel for worker in running], timeout=0.2)
        for worker in [worker for worker in running if not worker.is_alive()]:
            lived = time.monotonic() - running.pop(worker)
            if self._stopping:
                return
            killed = worker.exitcode == -signal.SIGKILL  # from outside, for its memory perhaps
            if lived < _TOO_SOON and not killed:
                raise BookwheelError("The server cannot start; the lines above say why.")
            self._start(running)


def _end(workers: list[BaseProcess]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(PATIENCE + 5)
        worker.kill()
