"""The protocol over HTTP (“streamable HTTP”): a message is posted, its answer is the response.

Only keys let in: a page elsewhere that made a browser post here could not send one.
"""

from __future__ import annotations

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bookwheel.actions.use_api_key import use_api_key
from bookwheel.api.problems import of_error
from bookwheel.errors import KeyRefusedError, ThrottledError
from bookwheel.mcp.protocol import INVALID, VERSIONS, Message, answer, refusal
from bookwheel.mcp.tools import Tool
from bookwheel.models import Reader

_UNREADABLE = -32700


@csrf_exempt
@login_not_required
@require_POST
def tools(request: HttpRequest) -> HttpResponse:
    """Tools for assistants: the Model Context Protocol, with a key."""
    secret = request.headers.get("Authorization", "")

    def whose(tool: Tool | None) -> Reader:
        return use_api_key(secret, tool.scope if tool else None)

    spoken = request.headers.get("MCP-Protocol-Version", VERSIONS[-1])
    try:
        if spoken not in VERSIONS:
            whose(None)
            return _json(refusal(None, INVALID, f"Speak one of: {', '.join(VERSIONS)}."), 400)
        told = answer(orjson.loads(request.body), whose)
    except (KeyRefusedError, ThrottledError) as error:
        return of_error(error)
    except orjson.JSONDecodeError:
        return _json(refusal(None, _UNREADABLE, "This is no JSON."), 400)
    return HttpResponse(status=202) if told is None else _json(told)


def _json(message: Message, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(message), content_type="application/json", status=status)
