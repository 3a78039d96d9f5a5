"""Whatever a model's server does, the reader gets the quotations, and can try again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.models import Message, Paper
from bookwheel.web import events_file, writing
from people import Configure, Person

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]
GOOD, FAULTS = "good", ("dies", "garbage", "refuses", "exceeds")


class Scripted(BaseHTTPRequestHandler):
    """Speaks OpenAI's chat completions, as the model's name says it should."""

    protocol_version = "HTTP/1.0"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fault = asked["model"]
        if fault in ("refuses", "exceeds"):
            self._refuse(401 if fault == "refuses" else 400)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if fault == "garbage":
            self.wfile.write(b"data: {not json\n\n<html>\x00\xff\n\n")
            return
        for piece in ("What the papers ", "say is this [1]. ", "And no more [99]."):
            self.wfile.write(b"data: " + json.dumps(_chunk(piece)).encode() + b"\n\n")
            if fault == "dies":
                return
        self.wfile.write(b"data: " + json.dumps(_chunk("", "stop")).encode() + b"\n\n")
        self.wfile.write(b"data: [DONE]\n\n")

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


def _chunk(text: str, end: str | None = None) -> dict[str, object]:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": end}
    return {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "x",
        "choices": [choice],
    }


@pytest.fixture
def models(
    library: list[Paper], library_folder: Path, configure: Configure, tmp_path: Path
) -> Iterator[None]:
    """Models of a scripted server, named by what they do."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    listed = tmp_path / "models.toml"
    address = f"http://127.0.0.1:{server.server_port}/v1"
    listed.write_text(
        "".join(
            f'[[model]]\nname = "{name}"\nmodel = "{name}"\nurl = "{address}"\nkey = "k"\n'
            "context = 4096\n"
            for name in (GOOD, *FAULTS)
        )
    )
    configure(data=library_folder, models=listed, model_servers="")
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def written(alice: Person, model: str, tmp_path: Path, patch: pytest.MonkeyPatch) -> Message:
    """Ask a model and write its answer to the end."""
    patch.setattr(events_file, "place", lambda message: tmp_path / f"{message}.jsonl")
    told = ask_question(alice.reader, Question("What do neural networks learn?", model=model))
    writing.write(told, events_file.EventsFile(told.pk))
    told.refresh_from_db()
    return told


def test_a_model_writes_and_what_it_invents_is_struck(
    alice: Person, models: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = written(alice, GOOD, tmp_path, monkeypatch)
    assert told.state == "done"
    html = alice.client.get(f"/ask/{told.conversation_id}").text
    assert "99" not in {str(quote["n"]) for quote in told.answer["quotes"]}
    assert f'data-quote="q{told.pk}-99"' not in html


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_server_costs_no_quotation(
    fault: str, alice: Person, models: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = written(alice, fault, tmp_path, monkeypatch)
    assert told.state in ("failed", "done")
    assert told.answer["quotes"]
    html = alice.client.get(f"/ask/{told.conversation_id}").text
    assert "do/again" in html and 'class="cite"' in html
    if told.state == "failed":
        assert told.trouble
