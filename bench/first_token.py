"""Seconds to the first quotation and to a model's first word, against the model server's own.

    python bench/first_token.py [--delay 0.2] [--questions 20]

A server on loopback stands in for a model: it waits as long as it is told and writes one sentence.
It is asked directly, by the same client, and through an answer over the papers of the installation;
the difference is ours. A process's first question is told apart.
"""

from __future__ import annotations

import json
import os
import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import click

ASKED = (
    "What limits sparse attention in long documents?",
    "How is graphene grown on copper?",
    "Which methods find exoplanets by their transits?",
    "Does dropout help large language models?",
    "What is known about the Hubble tension?",
)


class Stand(BaseHTTPRequestHandler):
    """Streams one sentence after a while."""

    delay = 0.2
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # noqa: N802
        """Answer a chat."""
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.delay)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        delta: dict[str, Any] = {"index": 0, "delta": {"content": "It is said [1]."}}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stand"}
        told = json.dumps({**chunk, "choices": [delta]})
        self.wfile.write(f"data: {told}\n\ndata: [DONE]\n\n".encode())
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@click.command()
@click.option("--delay", default=0.2, show_default=True)
@click.option("--questions", default=20, show_default=True)
def main(delay: float, questions: int) -> None:
    """Print medians and the slowest, in seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    import django

    django.setup()
    from bookwheel.assistant.models import Message
    from bookwheel.assistant.servers import Place, ServedModel

    Stand.delay = delay
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    model = ServedModel(Place("stand", f"http://127.0.0.1:{server.server_port}/v1", "stand"))
    first = _through(ASKED[0], model)
    print(f"first question of the process: quotation {first[0]:.3f}, word {first[1]:.3f}")
    direct, quotes, tokens = list[float](), list[float](), list[float]()
    for at in range(questions):
        began = time.perf_counter()
        next(iter(model.stream([Message("user", "x" * 4000)], limit=50)))
        direct.append(time.perf_counter() - began)
        quote, token = _through(ASKED[at % len(ASKED)] + f" {2000 + at}", model)
        quotes.append(quote)
        tokens.append(token)
    ours = [token - own for token, own in zip(tokens, direct, strict=True)]
    ours = [one for one in ours if one == one]  # noqa: PLR0124  (where nothing is said, no word comes)
    for name, found in (("quotation", quotes), ("server's own", direct), ("ours more", ours)):
        print(f"{name}: median {statistics.median(found):.3f}, slowest {max(found):.3f}")
    server.shutdown()


def _through(question: str, model: Any) -> tuple[float, float]:
    from bookwheel.assistant.answer import answer
    from bookwheel.assistant.events import QuoteFound, Token
    from bookwheel.assistant.retriever import Scope
    from bookwheel.queries.scoped import retriever

    began, quote = time.perf_counter(), 0.0
    for event in answer(question, retriever=retriever(None, Scope()), model=model):
        if isinstance(event, QuoteFound) and not quote:
            quote = time.perf_counter() - began
        if isinstance(event, Token):
            return quote, time.perf_counter() - began
    return quote, float("nan")


if __name__ == "__main__":
    main()
