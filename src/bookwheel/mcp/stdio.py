"""The protocol over standard input and output: a message is a line, so is its answer."""

from __future__ import annotations

from typing import BinaryIO

import orjson

from bookwheel.errors import BookwheelError, ScopeError
from bookwheel.mcp.protocol import INVALID, answer, refusal
from bookwheel.mcp.tools import Tool
from bookwheel.models import ApiKey, Reader


def serve(reader: Reader, lines: BinaryIO, out: BinaryIO, *, read_only: bool = False) -> None:
    """Answer every line until there are no more."""

    def whose(tool: Tool | None) -> Reader:
        if read_only and tool and tool.scope is ApiKey.Scope.WRITE:
            raise ScopeError("This server was started with --read-only.")
        return reader

    for line in lines:
        if not line.strip():
            continue
        try:
            told = answer(orjson.loads(line), whose)
        except (orjson.JSONDecodeError, BookwheelError) as error:
            told = refusal(None, INVALID, str(error))
        if told is not None:
            out.write(orjson.dumps(told) + b"\n")
            out.flush()
