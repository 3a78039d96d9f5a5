"""Who may call which tool, and what becomes of messages that are none."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.http import HttpResponse
from django.test import Client

from belongings import belongings
from bookwheel.mcp.protocol import UNTRUSTED
from bookwheel.mcp.tools import TOOLS
from desks import Desk, expired, key_of, program
from people import Person


def post(client: Client, message: Any) -> HttpResponse:
    body = message if isinstance(message, bytes) else orjson.dumps(message)
    return client.post("/mcp", body, content_type="application/json")


def calling(name: str, **arguments: object) -> dict[str, Any]:
    params = {"name": name, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


def test_there_are_at_most_ten_with_short_descriptions() -> None:
    assert len(TOOLS) <= 10
    assert max(len(tool.description) for tool in TOOLS.values()) <= 60


@pytest.mark.parametrize("name", TOOLS)
def test_only_a_key_with_the_scope_lets_in(desk: Desk, name: str) -> None:
    reader = desk.alice.reader
    others = [each for each in ("read", "write", "ask") if each != TOOLS[name].scope]
    half, old = key_of(reader, *others), expired(reader)
    for client in (program(), desk.alice.client, program("bw_none"), program(old)):
        assert post(client, calling(name)).status_code == 401
    assert post(program(half), calling(name)).status_code == 403


def test_charlie_sees_and_changes_nothing_of_alices(desk: Desk, charlie: Person) -> None:
    client = program(key_of(charlie.reader))
    before = belongings(desk.alice.reader)
    paper = str(desk.things["paper"])
    for message in (
        calling("feed", tag="vision"),
        calling("export", tag="vision"),
        calling("tag", paper=paper, action="untag", tag="vision"),
        calling("ask", question="What glows?", tag="vision"),
    ):
        given = orjson.loads(post(client, message).content)["result"]
        assert given["isError"] is True
        assert "structuredContent" not in given
    assert belongings(desk.alice.reader) == before


def test_words_of_papers_are_marked_as_data(desk: Desk) -> None:
    client = program(key_of(desk.alice.reader))
    given = orjson.loads(post(client, calling("paper", paper=desk.things["paper"])).content)
    assert given["result"]["content"][0]["text"].startswith(UNTRUSTED)


def test_messages_that_are_none(desk: Desk) -> None:
    client = program(key_of(desk.alice.reader))
    assert post(client, b"{").status_code == 400
    for odd in ([], 7, {"jsonrpc": "2.0"}, {"method": 3}):
        assert orjson.loads(post(client, odd).content)["error"]["code"] == -32600
    unknown = {"jsonrpc": "2.0", "id": 1, "method": "resources/list"}
    assert orjson.loads(post(client, unknown).content)["error"]["code"] == -32601
    noted = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert post(client, noted).status_code == 202
    assert client.get("/mcp").status_code == 405
