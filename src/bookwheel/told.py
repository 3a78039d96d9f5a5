"""What a thread tells, handed piece by piece to whoever listens in the event loop.

Leaves out: what is told (`web/pages/completions.py`, `api/ask.py`).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator

from django.db import connection

from bookwheel.assistant.models import Stop

QUIET = 15.0  # seconds after which a stream says that it is alive


async def told(work: Callable[[Stop], Iterator[bytes]]) -> AsyncIterator[bytes]:
    """Pieces of `work`, done by a thread of its own; it stops when nobody listens any more."""
    waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
    loop, stop = asyncio.get_running_loop(), Stop()

    def put(piece: bytes | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(waiting.put_nowait, piece)

    def speak() -> None:
        try:
            for piece in work(stop):
                put(piece)
        finally:
            put(None)
            connection.close()

    threading.Thread(target=speak, daemon=True).start()
    try:
        while True:
            try:
                piece = await asyncio.wait_for(waiting.get(), QUIET)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if piece is None:
                return
            yield piece
    finally:
        stop.wanted = True
