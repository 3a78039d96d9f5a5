"""A server on this machine that answers what a test says, and keeps the times of its requests."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class PretendedClock:
    """Time that passes only when somebody waits."""

    def __init__(self, now: float = 1_780_000_000.0) -> None:
        self.time = now

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@dataclass(frozen=True)
class Request:
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case


@dataclass
class Reply:
    """What to answer. `breaks`: "" not at all, "reset" after the body, "short" before its end."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/xml"
    headers: dict[str, str] = field(default_factory=dict)
    breaks: str = ""
    drips: Callable[[], None] | None = None  # called before each of ten pieces of the body


Respond = Callable[[Request], Reply]


@dataclass
class Server:
    address: str
    requests: list[Request] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def gaps(self) -> list[float]:
        return [after - before for before, after in zip(self.times, self.times[1:], strict=False)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    respond: Respond
    told: Server
    now: Callable[[], float]

    def do_GET(self) -> None:
        self.told.times.append(type(self).now())
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(parts.path, query, headers)
        self.told.requests.append(request)
        self._send(type(self).respond(request))

    def _send(self, reply: Reply) -> None:
        if reply.breaks == "reset":
            linger = struct.pack("ii", 1, 0)  # closing then resets the connection
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            return
        self.send_response(reply.status)
        if reply.kind:
            self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        body = reply.body[: len(reply.body) // 2] if reply.breaks == "short" else reply.body
        step = max(len(body) // 10, 1) if reply.drips else max(len(body), 1)
        try:
            for start in range(0, len(body), step):
                if reply.drips:
                    reply.drips()
                self.wfile.write(body[start : start + step])
                self.wfile.flush()
        except OSError:  # whoever asked has had enough
            self.close_connection = True
        if reply.breaks:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(respond: Respond, now: Callable[[], float]) -> Iterator[Server]:
    """Serve while the block runs; `now` tells the time for the record of requests."""
    told = Server("")
    members = {"respond": staticmethod(respond), "told": told, "now": staticmethod(now)}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), members))
    server.daemon_threads = True
    told.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
