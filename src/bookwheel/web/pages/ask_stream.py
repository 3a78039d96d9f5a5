"""An answer as it is written, as server-sent events; after a break, from where it was."""

from __future__ import annotations

from collections.abc import AsyncIterator

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from bookwheel.access import message_read
from bookwheel.models import Message
from bookwheel.web import writing
from bookwheel.web.events_file import END, LOST, QUIET, TOLD, Told, follow, is_written
from bookwheel.web.turns import drawn_answer
from bookwheel.web.visit import Visit

_RETRY = 1000  # milliseconds after which a browser comes back when the connection broke


@require_GET
def ask_stream(request: Visit, which: int) -> HttpResponseBase:
    """Stream the events of an answer after `Last-Event-ID`."""
    told = message_read(request.user, which)
    writing.settle(told)
    if not is_written(told.pk):
        told.refresh_from_db()
        if told.state == Message.State.RUNNING:  # about to begin, or about to be given up
            return _response(b"retry: %d\n\n" % _RETRY)
        whole = _event(Told(0, TOLD, drawn_answer(told)))
        return _response(whole + _event(Told(0, END, "")))
    last = request.headers.get("Last-Event-ID", "")
    after = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else 0
    answer = StreamingHttpResponse(_events(told, after), content_type="text/event-stream")
    return _unbuffered(answer)


def _response(body: bytes) -> HttpResponseBase:
    return _unbuffered(HttpResponse(body, content_type="text/event-stream"))


def _unbuffered(answer: HttpResponseBase) -> HttpResponseBase:
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"  # nginx would collect events first
    return answer


async def _events(told: Message, after: int) -> AsyncIterator[bytes]:
    yield b"retry: %d\n\n" % _RETRY
    async for event in follow(told.pk, after):
        if event.kind == LOST:  # who wrote it died; the browser comes back and hears so
            return
        yield b": still here\n\n" if event.kind == QUIET else _event(event)


def _event(told: Told) -> bytes:
    """One event in the stream's own form."""
    lines = [b"event: " + told.kind.encode(), b"data: " + orjson.dumps(told.data)]
    if told.number:
        lines.insert(0, b"id: %d" % told.number)
    return b"\n".join(lines) + b"\n\n"
