"""Whatever a model's server does, the reader gets the quotations, and can try again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bookwheel.actions.ask_question import Question, ask_question
from bookwheel.models import Conversation, Message, Paper
from bookwheel.queries.token_use import model_uses, used_today
from bookwheel.web import events_file, writing
from people import Configure, Person

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]
GOOD, STUBBORN, FAULTS = "good", "stubborn", ("dies", "garbage", "refuses", "exceeds")


class Scripted(BaseHTTPRequestHandler):
    """Speaks OpenAI's chat completions, as the model's name says it should."""

    protocol_version = "HTTP/1.0"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        fault = asked["model"]
        if "title" in asked["messages"][0]["content"]:
            self._title(fault)
            return
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

    def _title(self, fault: str) -> None:
        title = '"Zebras.' if fault == "stubborn" else 'Title: "How networks learn".\n\nMore.'
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"data: " + json.dumps(_chunk(title)).encode() + b"\n\n")
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
            "context = 4096\nprice_in = 1\nprice_out = 2\n"
            for name in (GOOD, STUBBORN, *FAULTS)
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
    question = Question("What do deep neural networks learn from their data?", model=model)
    told = ask_question(alice.reader, question)
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


def test_a_model_titles_what_the_question_began(
    alice: Person, models: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = written(alice, GOOD, tmp_path, monkeypatch)
    assert Conversation.objects.get(pk=told.conversation_id).title == "How networks learn"
    other = written(alice, STUBBORN, tmp_path, monkeypatch)
    assert Conversation.objects.get(pk=other.conversation_id).title == other.parent.text


def test_tokens_are_counted_and_a_day_has_its_allowance(
    alice: Person,
    bob: Person,
    models: None,
    configure: Configure,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = written(alice, GOOD, tmp_path, monkeypatch)
    used = told.answer["usage"]
    (row,) = model_uses(alice.reader)
    assert (row.model, row.answers) == (GOOD, 1)
    assert row.prompt > used["prompt"] and row.completion > used["completion"]  # the title's too
    assert row.cost == pytest.approx((row.prompt + 2 * row.completion) / 1e6)
    assert not model_uses(bob.reader)
    assert f'<th scope="row">{GOOD}</th>' in alice.client.get("/ask/settings").text
    configure(tokens_per_day=used_today(alice.reader))
    refused = alice.client.post("/do/ask", {"text": "Why?", "model": GOOD})
    assert refused.status_code == 429 and "choose Quotations" in refused.text
    assert ask_question(alice.reader, Question("Why?")).state == "running"
    assert ask_question(bob.reader, Question("Why?", model=GOOD)).model == GOOD
