"""The reference client speaks with us, over both transports."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import anyio
import anyio.to_thread
import httpx2
import pytest
from django.test import Client as DjangoClient
from mcp.client.client import Client
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from bookwheel.mcp.tools import TOOLS
from desks import Desk, key_of, program
from mcp import StdioServerParameters


@pytest.mark.slow
def test_over_standard_input_and_output(data_folder: Path) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "bookwheel", "mcp", "--read-only"],
        env=os.environ | {"BOOKWHEEL_DATA": str(data_folder), "BOOKWHEEL_DATABASE_URL": ""},
    )

    async def speak() -> None:
        async with Client(stdio_client(server)) as client:
            assert client.server_info and client.server_info.name == "bookwheel"
            told = await client.list_tools()
            assert [tool.name for tool in told.tools] == list(TOOLS)
            found = await client.call_tool("search", {"query": "attention"})
            assert found.structured_content == {"total": 0, "papers": []}
            assert (await client.call_tool("search", {"query": 7})).is_error

    anyio.run(speak)


def test_over_http(desk: Desk) -> None:
    """The client runs in a thread; the test's own thread, which has the rows, answers it."""
    django = program(key_of(desk.alice.reader))
    asked: Queue[tuple[httpx2.Request, Queue[httpx2.Response]] | None] = Queue()

    async def hand_over(request: httpx2.Request) -> httpx2.Response:
        box: Queue[httpx2.Response] = Queue()
        asked.put((request, box))
        return await anyio.to_thread.run_sync(box.get)

    async def speak() -> None:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(hand_over))
        transport = streamable_http_client("http://localhost/mcp", http_client=http)
        async with http, Client(transport) as client:
            assert len((await client.list_tools()).tools) == 10
            for name, arguments in _calls(desk).items():
                given = await client.call_tool(name, arguments)
                assert not given.is_error, (name, given)
                assert given.structured_content

    def run() -> None:
        try:
            anyio.run(speak)
        finally:
            asked.put(None)

    with ThreadPoolExecutor(1) as pool:
        spoken = pool.submit(run)
        while waiting := asked.get():
            request, box = waiting
            box.put(_answer(django, request))
        spoken.result()


def _answer(django: DjangoClient, request: httpx2.Request) -> httpx2.Response:
    passed = ("accept", "mcp-protocol-version", "mcp-method", "mcp-name")
    answer = django.generic(
        request.method,
        request.url.path,
        request.content,
        content_type="application/json",
        headers={name: request.headers[name] for name in passed if name in request.headers},
    )
    return httpx2.Response(answer.status_code, headers=dict(answer.items()), content=answer.content)


def _calls(desk: Desk) -> dict[str, dict[str, object]]:
    paper = desk.things["paper"]
    return {
        "search": {"query": "learning", "count": 3},
        "paper": {"paper": paper, "section": "s1"},
        "passages": {"query": "glow"},
        "similar": {"paper": paper},
        "feed": {"tag": "vision"},
        "tag": {"paper": paper, "action": "tag", "tag": "read soon"},
        "note": {"paper": paper, "note": "Compare."},
        "ask": {"question": "What glows?", "papers": [paper]},
        "cite": {"papers": [paper]},
        "export": {"tag": "vision"},
    }
