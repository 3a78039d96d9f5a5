"""A stream gives its thread back, goes piece by piece, and ends when nobody listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from django.http import StreamingHttpResponse

from bookwheel.web.streaming import stream

MANY = 20


class Listener:
    """A browser that takes what is sent, and leaves when told to."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.heard.append(message["body"])


def test_every_piece_is_sent_as_it_comes() -> None:
    async def talk() -> list[bytes]:
        async def pieces() -> AsyncIterator[bytes]:
            for piece in (b"a", b"b"):
                yield piece

        listener = Listener()
        await stream(StreamingHttpResponse(pieces()), listener.receive, listener.send)
        return listener.heard

    assert asyncio.run(talk()) == [b"a", b"b", b""]


def test_a_stream_ends_with_its_listener_and_many_wait_at_once() -> None:
    ended = []

    async def pieces(name: int) -> AsyncIterator[bytes]:
        try:
            yield b"first"
            await asyncio.Event().wait()
        finally:
            ended.append(name)

    async def talk() -> None:
        listeners = [Listener() for _ in range(MANY)]
        running = [
            asyncio.create_task(stream(StreamingHttpResponse(pieces(n)), one.receive, one.send))
            for n, one in enumerate(listeners)
        ]
        while not all(one.heard for one in listeners):
            await asyncio.sleep(0)
        assert not ended
        for one in listeners:
            one.left.set()
        await asyncio.gather(*running)

    asyncio.run(talk())
    assert sorted(ended) == list(range(MANY))
