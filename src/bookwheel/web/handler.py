"""Django behind ASGI on a few threads that stay: each keeps its database connection.

Django's own ASGI handler gives every request a new thread, and so a new connection; measured, that
costs 2 ms of processor time a page (docs/decisions/0006). The price here: an answer is made
whole before it is sent, so a view that streams for long must be served by Django's own handler.
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
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

# In each process, so that a slow page does not hold up all others. More only wait for each other:
# with 4, similar papers came half as fast (bench/LOG.md).
THREADS = 2
# Seconds after which a thread that computes lets another have its turn. A search gives Python up
# and asks for it back some twenty times, and at the usual 5 ms waited each time for another page.
TURN = 0.0005

LARGEST = 4 * 1024 * 1024  # bytes of a request's body

Message = dict[str, Any]
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

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise ValueError(f"Bookwheel serves pages only, not {scope['type']}")
        try:
            body = await self.read_body(_limited(receive))
        except RequestAborted:
            return
        except RequestDataTooBig:
            for message in _TOO_LARGE:
                await send(message)
            return
        loop = asyncio.get_running_loop()
        for message in await loop.run_in_executor(self._pool, self._answer, scope, body):
            await send(message)

    def _answer(self, scope: Message, body: IO[bytes]) -> tuple[Message, Message]:
        """Make the two messages that are the whole answer."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        with body:
            response = self._respond(scope, body)
            try:
                return _start(response), {"type": "http.response.body", "body": _content(response)}
            finally:
                response.close()  # also says that the request has ended

    def _respond(self, scope: Message, body: IO[bytes]) -> HttpResponseBase:
        request, refusal = self.create_request(scope, body)
        if request is not None:
            return self.get_response(request)
        assert refusal is not None  # what Django gives in place of a request
        return refusal


def _limited(receive: Receive) -> Receive:
    """Stop reading what no form of ours sends, before it fills memory or disk."""
    size = 0

    async def counted() -> Mapping[str, Any]:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
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
