"""Sends an answer piece by piece, for as long as somebody listens.

Leaves out: what is sent (`pages/`), and how it gets there from where it is written (`tail.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from django.http import StreamingHttpResponse

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def stream(response: StreamingHttpResponse, receive: Receive, send: Send) -> None:
    """Send the body of a response whose beginning was sent; stop when the visitor is gone."""
    pieces = aiter(response)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        while (piece := await _next(pieces, gone)) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        if close := getattr(pieces, "aclose", None):
            await close()


async def _next(pieces: AsyncIterator[bytes], gone: asyncio.Future[None]) -> bytes | None:
    """The next piece; None at the end, or when nobody listens any more."""
    waiting: asyncio.Future[Any] = asyncio.ensure_future(anext(pieces, None))
    await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
    if not waiting.done():
        waiting.cancel()
        await asyncio.wait({waiting})
        return None
    piece: bytes | None = waiting.result()
    return piece


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
