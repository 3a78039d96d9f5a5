"""Django behind ASGI on a few threads that stay: each keeps its database connection.

Django's own ASGI handler gives every request a new thread, and so a new connection; measured, that
costs 2 ms of processor time a page (docs/decisions/0006). A page is made whole before it is sent.
An answer that streams gives its thread back first: what it sends comes from a coroutine, so that
any number of open streams holds up no page (docs/decisions/0009). What thinks for long before it
answers has threads of its own.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from django.core import signals
from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from bookwheel.web.streaming import stream

# In each process, so that a slow page does not hold up all others. More only wait for each other:
# with 4, similar papers came half as fast (bench/LOG.md).
THREADS = 2
# Seconds after which a thread that computes lets another have its turn. A search gives Python up
# and asks for it back some twenty times, and at the usual 5 ms waited each time for another page.
TURN = 0.0005

# For programs that wait until an answer is written, which keeps no page waiting.
THINKING = ("/v1/", "/api/v1/ask", "/mcp")
THINKERS = 8

LARGEST = 4 * 1024 * 1024  # bytes of a request's body
# Where a reader brings a file.
LARGER = {"/do/import-conversations": 64 << 20, "/do/own-add": 51 << 20}

Message = dict[str, Any]
Streaming = StreamingHttpResponse
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Message], Awaitable[None]]

_TOO_LARGE: tuple[Message, ...] = (
    {
        "type": "http.response.start",
        "status": 413,
        "headers": [(b"content-type", b"text/plain"), (b"connection", b"close")],
    },
    {"type": "http.response.body", "body": b"That is more than this server takes at once.\n"},
)


class PooledHandler(ASGIHandler):
    """Answers HTTP requests on a pool of threads, one request to a thread from start to end."""

    def __init__(self) -> None:
        self.load_middleware(is_async=False)
        sys.setswitchinterval(TURN)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._thinking = ThreadPoolExecutor(THINKERS, thread_name_prefix="thinking")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise ValueError(f"Bookwheel serves pages only, not {scope['type']}")
        try:
            body = await self.read_body(_limited(receive, LARGER.get(scope["path"], LARGEST)))
        except RequestAborted:
            return
        except RequestDataTooBig:
            for message in _TOO_LARGE:
                await send(message)
            return
        loop = asyncio.get_running_loop()
        pool = self._thinking if scope["path"].startswith(THINKING) else self._pool
        start, rest = await loop.run_in_executor(pool, self._answer, scope, body)
        await send(start)
        if isinstance(rest, bytes):
            await send({"type": "http.response.body", "body": rest})
            return
        try:
            await stream(rest, receive, send)
        finally:
            await loop.run_in_executor(pool, rest.close)

    def _answer(self, scope: Message, body: IO[bytes]) -> tuple[Message, bytes | Streaming]:
        """Make the beginning of an answer, and all the rest or what streams it."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        with body:
            response = self._respond(scope, body)
            if isinstance(response, StreamingHttpResponse) and response.is_async:
                return _start(response), response  # closed when it has ended
            try:
                return _start(response), _content(response)
            finally:
                response.close()  # also says that the request has ended

    def _respond(self, scope: Message, body: IO[bytes]) -> HttpResponseBase:
        request, refusal = self.create_request(scope, body)
        if request is not None:
            return self.get_response(request)
        assert refusal is not None  # what Django gives in place of a request
        return refusal


def _limited(receive: Receive, largest: int) -> Receive:
    """Stop reading what no form of ours sends, before it fills memory or disk."""
    size = 0

    async def counted() -> Mapping[str, Any]:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise RequestDataTooBig
        return message

    return counted


def _start(response: HttpResponseBase) -> Message:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    for cookie in response.cookies.values():
        headers.append((b"set-cookie", cookie.OutputString().encode("ascii")))
    return {"type": "http.response.start", "status": response.status_code, "headers": headers}


def _content(response: HttpResponseBase) -> bytes:
    if isinstance(response, HttpResponse):
        return response.content
    return b"".join(response)
