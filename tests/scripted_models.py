"""A server of language models on loopback that do as their names say.

It speaks OpenAI's chat completions. `good` writes, `other` writes something else, `held` writes a
sentence and then waits for `release`, and each of `FAULTS` goes wrong in its own way.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD, OTHER, HELD, STUBBORN, SEEING = "good", "other", "held", "stubborn", "seeing"
FAULTS = ("dies", "garbage", "refuses", "exceeds", "slow")
NAMES = (GOOD, OTHER, HELD, STUBBORN, SEEING, *FAULTS)
PATIENCE = 30.0  # seconds after which `held` goes on although nobody released it
WAIT = 0.5  # seconds that Bookwheel waits for the next word of `slow`
SEEN = "A blue curve rises from left to right. "
_SAID = {
    OTHER: "Another model says this [2].",
    SEEING: SEEN + "It shows the confusion matrix of classes [1]. See https://bad.example/x now.",
}
FIRST = "What the papers say is this [1]. "
BEGUN, REST = "And no ", "more [99]."


@dataclass
class Scripted:
    """The running server."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)  # what was posted
    go_on: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Let `held` write on."""
        self.go_on.set()

    def listed(self) -> str:
        """What `models.toml` says of it."""
        return "".join(
            f'[[model]]\nname = "{name}"\nmodel = "{name}"\nurl = "{self.address}"\nkey = "k"\n'
            f"context = 4096\nprice_in = 1\nprice_out = 2\n"
            f"wait = {WAIT if name == 'slow' else 60}\n"
            f"sees = {str(name == SEEING).lower()}\n"
            for name in NAMES
        )


@contextmanager
def scripted_models() -> Iterator[Scripted]:
    """Run the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    script = Scripted(f"http://127.0.0.1:{server.server_port}/v1")
    server.script = script  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield script
    script.release()
    server.shutdown()
    server.server_close()
    thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.script.asked.append(asked)  # type: ignore[attr-defined]
        name, system = asked["model"], asked["messages"][0]["content"]
        if name in ("refuses", "exceeds"):
            self._refuse(401 if name == "refuses" else 400)
        elif "title" in system:
            self._write(_titled(name))
        else:
            self._answer(name)

    def _answer(self, name: str) -> None:
        script: Scripted = self.server.script  # type: ignore[attr-defined]
        if name == "garbage":
            self._begin()
            self.wfile.write(b"data: {not json\n\n<html>\x00\xff\n\n")
        elif name == "dies":
            self._begin()
            self._piece(FIRST)
        elif name in (HELD, "slow"):
            self._begin()
            self._piece(FIRST + BEGUN)
            script.go_on.wait(PATIENCE)
            self._end(REST)
        else:
            self._write(_SAID.get(name, FIRST + BEGUN + REST))

    def _write(self, text: str) -> None:
        self._begin()
        for piece in text.split(" "):
            self._piece(piece + " ")
        self._end("")

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def _piece(self, text: str, end: str | None = None) -> None:
        self.wfile.write(b"data: " + json.dumps(_chunk(text, end)).encode() + b"\n\n")
        self.wfile.flush()

    def _end(self, text: str) -> None:
        try:
            self._piece(text, "stop")
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            return  # whoever asked has gone

    def _refuse(self, status: int) -> None:
        code = "context_length_exceeded" if status == 400 else "invalid_api_key"
        body = json.dumps({"error": {"message": "No.", "type": "x", "code": code}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def _titled(name: str) -> str:
    return '"Zebras.' if name == STUBBORN else 'Title: "How networks learn".\n\nMore.'


def _chunk(text: str, end: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": end}
    return {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "x",
        "choices": [choice],
    }
