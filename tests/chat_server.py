"""A chat server on this machine that keeps what is posted to it and answers what it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from people import Configure


@dataclass
class Posted:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Chat:
    """`answers` are given one after the other, the last one for ever."""

    address: str
    posted: list[Posted] = field(default_factory=list)
    answers: list[tuple[int, str, dict[str, str]]] = field(default_factory=lambda: [(200, "", {})])


@pytest.fixture
def chat(configure: Configure) -> Iterator[Chat]:
    """It listens on loopback, which is named in the settings as allowed."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            kept.posted.append(Posted(self.path, headers, body))
            status, text, more = kept.answers[0]
            if len(kept.answers) > 1:
                kept.answers.pop(0)
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept = Chat(f"http://localhost:{server.server_address[1]}/hook")
    configure(webhook_hosts="localhost", site="https://papers.example.org")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield kept
    server.shutdown()
    server.server_close()
