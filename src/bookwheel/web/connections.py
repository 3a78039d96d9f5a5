"""A connection that is let go when it makes the server wait.

uvicorn waits without end for the rest of a request, and for a visitor who does not read the
answer; a few thousand of such connections, from anybody, would leave no room for others.
"""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Awaitable, Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

LONGEST = 60.0  # seconds that a request may take to come, or a piece of its answer to be read
MOST_FILES = 16384  # connections and files of a process; systems often allow 1024 unless asked
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


class Connection(H11Protocol):
    """HTTP/1.1 with a limit on the time that a visitor takes to ask and to read.

    The time that we take does not count, nor how long a stream goes on: each piece has its own.
    """

    _limit: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._served, self.app = self.app, self._serve

    async def _serve(self, scope: Any, receive: Receive, send: Send) -> None:
        async def received() -> Any:
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body"):
                self._end()  # now it is on us
            return message

        async def sent(message: Any) -> None:
            if self.cycle is not None and not self.cycle.disconnected:
                self._begin()
            await send(message)
            if message.get("more_body"):
                self._end()

        await self._served(scope, received, sent)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; the time goes on from its first one."""
        if self._limit is None:
            self._begin()
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Wait until the answer is read, then for the next request as long as uvicorn does."""
        self._end()
        super().on_response_complete()
        if self.transport.get_write_buffer_size() or not self.cycle.response_complete:
            self._begin()  # for the rest of it, or for a request that has come already

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._end()
        super().connection_lost(exc)

    def _begin(self) -> None:
        self._end()
        self._limit = self.loop.call_later(LONGEST, self.transport.abort)

    def _end(self) -> None:
        if self._limit:
            self._limit.cancel()
        self._limit = None


def allow_many() -> None:
    """Let this process have as many connections as the system allows without being root."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(MOST_FILES, most)
    if now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
