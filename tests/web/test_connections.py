"""Connections that make the server wait are let go; all others are served."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import uvicorn
from uvicorn.server import ServerState

from bookwheel.web import connections
from bookwheel.web.connections import Connection

pytestmark = pytest.mark.loopback

LIMIT = 0.3  # seconds
BIG = b"x" * 20_000_000  # more than the system keeps for a visitor who does not read
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bytes]]


async def application(scope: dict, receive: Callable, send: Callable) -> None:
    """Answer with the request's body; with a lot when asked for it."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": BIG if scope["path"] == "/big" else body})


def said(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What a visitor hears until the server hangs up."""
    monkeypatch.setattr(connections, "LONGEST", LIMIT)

    async def visit() -> bytes:
        config = uvicorn.Config(application, http=Connection, log_config=None, lifespan="off")
        config.load()
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(
            lambda: Connection(config=config, server_state=state, app_state={}), "127.0.0.1"
        )
        async with server:
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                return await asyncio.wait_for(talk(reader, writer), 20)
            finally:
                writer.close()

    return asyncio.run(visit())


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf",
    ],
)
def test_half_a_request_is_not_waited_for(
    beginning: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(beginning)
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""

    assert said(talk, monkeypatch) == b""


def test_dripping_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        try:
            for letter in "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x" * 1000:
                writer.write(letter.encode())
                await writer.drain()
                await asyncio.sleep(0.02)
        except ConnectionError:
            return b"hung up"
        return await reader.read()

    assert said(talk, monkeypatch) == b"hung up"


def test_who_does_not_read_the_answer_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await asyncio.sleep(4 * LIMIT)
        try:
            return await reader.readexactly(len(BIG))
        except (asyncio.IncompleteReadError, ConnectionError):
            return b"hung up"

    assert said(talk, monkeypatch) == b"hung up"


def test_requests_one_after_another_have_the_time_each(monkeypatch: pytest.MonkeyPatch) -> None:
    request = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n%d\n"

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        heard = b""
        for number in range(6):  # together longer than one may take
            writer.write(request % number)
            heard += await reader.readuntil(b"0\r\n\r\n")
            await asyncio.sleep(LIMIT / 2)
        return heard

    assert said(talk, monkeypatch).count(b"200 OK") == 6
