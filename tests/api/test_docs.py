"""The lines of docs/api.md do what they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client

from desks import Desk, key_of, program
from people import Person

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
LINES = [line for line in PAGE.read_text().splitlines() if line.startswith("curl ")]


def curl(client: Client, line: str, **values: str) -> HttpResponse:
    """Do what curl would."""
    for name, value in values.items():
        line = line.replace(f"${name}", value)
    words = shlex.split(line)[1:]
    method, body, kind, address = "GET", "", "", words[-1]
    for option, value in zip(words, words[1:], strict=False):
        if option == "-X":
            method = value
        elif option == "-d":
            method, body = "POST", value
        elif option == "-H" and value.startswith("Content-Type: "):
            kind = value.removeprefix("Content-Type: ")
    path = re.sub(r"^http://localhost", "", address)
    return client.generic(method, path, body, content_type=kind or "application/json")


def test_examples_run(desk: Desk) -> None:
    client = program(key_of(desk.alice.reader))
    values = {"SITE": "http://localhost", "PAPER": str(desk.things["paper"]), "KEY": "bw_x"}
    assert len(LINES) >= 7
    for line in LINES:
        answer = curl(client, line, **values)
        assert answer.status_code in (200, 201), line


def test_what_was_not_changed_is_not_sent_again(desk: Desk) -> None:
    client = program(key_of(desk.alice.reader))
    first = client.get(desk.address("/api/v1/papers/{paper}"))
    again = client.get(
        desk.address("/api/v1/papers/{paper}"), headers={"if-none-match": first["ETag"]}
    )
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_change_can_be_undone(desk: Desk) -> None:
    client = program(key_of(desk.alice.reader))
    paper = desk.papers[3].arxiv_id
    liked = orjson.loads(client.put(f"/api/v1/papers/{paper}/like").content)
    assert orjson.loads(client.get(f"/api/v1/papers/{paper}").content)["mark"] == "like"
    assert client.post(f"/api/v1/changes/{liked['change']}/undo").status_code == 200
    assert orjson.loads(client.get(f"/api/v1/papers/{paper}").content)["mark"] is None


def test_a_search_that_makes_no_sense_says_where(desk: Desk) -> None:
    answer = program(key_of(desk.alice.reader)).get("/api/v1/search", {"q": "date:never"})
    told = orjson.loads(answer.content)
    assert (answer.status_code, told["status"]) == (400, 400)
    assert isinstance(told["position"], int)


def test_too_many_requests(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from bookwheel.actions import use_api_key

    monkeypatch.setattr(use_api_key, "PER_MINUTE", 1)
    client = program(key_of(desk.alice.reader))
    codes = [client.get("/api/v1/me").status_code for _time in range(4)]
    assert 429 in codes


def test_the_page_lists_all_operations(alice: Person) -> None:
    page = alice.client.get("/api/v1/docs")
    assert page.status_code == 200
    assert page.text.count("<details") > 60
