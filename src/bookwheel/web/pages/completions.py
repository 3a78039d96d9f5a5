"""The assistant for other programs: OpenAI's chat completions, with a key of a reader."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from bookwheel.actions.count_tokens import check_tokens, count_tokens
from bookwheel.actions.limit_questions import check_questions
from bookwheel.actions.use_api_key import use_api_key
from bookwheel.assistant.events import Answer, Done, Event, Failed
from bookwheel.assistant.models import Stop
from bookwheel.config import config
from bookwheel.errors import (
    BookwheelError,
    InputError,
    KeyRefusedError,
    NotFoundError,
    QuotaError,
    ScopeError,
    ThrottledError,
)
from bookwheel.models import ApiKey, Reader
from bookwheel.queries.asking import ask
from bookwheel.queries.spoken import Spoken
from bookwheel.told import told
from bookwheel.web.program_questions import ProgramQuestion, known_name, offered, read_question

_STATUS: tuple[tuple[type[Exception], int, str], ...] = (
    (ScopeError, 403, "permission_error"),
    (KeyRefusedError, 401, "authentication_error"),
    (ThrottledError, 429, "rate_limit_error"),
    (QuotaError, 429, "rate_limit_error"),
    (InputError, 400, "invalid_request_error"),
    (NotFoundError, 404, "not_found_error"),
    (Http404, 404, "not_found_error"),
)


@csrf_exempt
@login_not_required
@require_GET
def program_models(request: HttpRequest) -> HttpResponse:
    """List what can be asked, as models."""
    try:
        reader = _reader(request)
        names = offered(reader)
    except BookwheelError as error:
        return _refusal(error)
    return _json({"object": "list", "data": [_model(name) for name in names]})


@csrf_exempt
@login_not_required
@require_GET
def program_model(request: HttpRequest, name: str) -> HttpResponse:
    """One of them, if it can be asked."""
    try:
        known_name(_reader(request), name)
    except (BookwheelError, Http404) as error:
        return _refusal(error)
    return _json(_model(name))


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "bookwheel"}


@csrf_exempt
@login_not_required
@require_POST
def completions(request: HttpRequest) -> HttpResponseBase:
    """Answer, whole or as a stream."""
    try:
        reader = _reader(request)
        asked = read_question(reader, request.body)
        check_questions(reader)
        check_tokens(reader, config().model if asked.model is None else asked.model)
        if asked.streams:
            answer = StreamingHttpResponse(
                told(lambda stop: _speak(reader, asked, stop)), content_type="text/event-stream"
            )
            answer["Cache-Control"] = "no-store"
            answer["X-Accel-Buffering"] = "no"
            return answer
        return _whole(asked, _events(reader, asked, Stop()))
    except (BookwheelError, Http404) as error:
        return _refusal(error)


def _reader(request: HttpRequest) -> Reader:
    return use_api_key(request.headers.get("Authorization", ""), ApiKey.Scope.ASK)


def _events(reader: Reader, asked: ProgramQuestion, stop: Stop) -> Iterator[Event]:
    model = config().model if asked.model is None else asked.model
    events = ask(
        asked.text,
        reader=reader,
        scope=asked.scope,
        model=model,
        history=asked.history,
        stop=stop,
    )
    for event in events:
        if isinstance(event, Done):
            count_tokens(reader, model, event.answer.usage)
        yield event


def _whole(asked: ProgramQuestion, events: Iterator[Event]) -> HttpResponse:
    spoken = Spoken()
    text, answer = "", None
    for event in events:
        text += spoken.say(event)
        if isinstance(event, Done):
            answer = event.answer
        elif isinstance(event, Failed):
            return _json(_error(event.message, "server_error"), 503)
    message = {
        "role": "assistant",
        "content": text + spoken.sources(),
        "annotations": spoken.annotations,
        "refusal": None,
    }
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return _json(_frame(asked, "chat.completion") | {"choices": [choice], "usage": _usage(answer)})


def _speak(reader: Reader, asked: ProgramQuestion, stop: Stop) -> Iterator[bytes]:
    try:
        for chunk in _chunks(asked, _events(reader, asked, stop)):
            yield b"data: " + orjson.dumps(chunk) + b"\n\n"
        yield b"data: [DONE]\n\n"
    except BookwheelError as error:
        yield b"data: " + orjson.dumps(_error(str(error), "server_error")) + b"\n\n"


def _chunks(asked: ProgramQuestion, events: Iterator[Event]) -> Iterator[dict[str, Any]]:
    frame = _frame(asked, "chat.completion.chunk")
    spoken = Spoken()

    def chunk(delta: dict[str, Any], end: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": end, "logprobs": None}
        return frame | {"choices": [choice]}

    yield chunk({"role": "assistant", "content": ""})
    for event in events:
        if text := spoken.say(event):
            yield chunk({"content": text})
        if isinstance(event, Failed):
            yield _error(event.message, "server_error")
            return
        if isinstance(event, Done):
            yield chunk({"content": spoken.sources(), "annotations": spoken.annotations})
            yield chunk({}, "stop")
            if asked.wants_usage:
                yield frame | {"choices": [], "usage": _usage(event.answer)}


def _frame(asked: ProgramQuestion, kind: str) -> dict[str, Any]:
    name = f"chatcmpl-{uuid.uuid4().hex}"
    return {"id": name, "object": kind, "created": int(time.time()), "model": asked.named}


def _usage(answer: Answer | None) -> dict[str, int]:
    given, told = (answer.usage.prompt, answer.usage.completion) if answer else (0, 0)
    return {"prompt_tokens": given, "completion_tokens": told, "total_tokens": given + told}


def _refusal(error: Exception) -> HttpResponse:
    for kind, status, name in _STATUS:
        if isinstance(error, kind):
            answer = _json(_error(str(error), name), status)
            if isinstance(error, ThrottledError):
                answer["Retry-After"] = str(error.wait)
            return answer
    return _json(_error(str(error), "server_error"), 503)


def _error(message: str, kind: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}


def _json(values: dict[str, Any], status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(values), content_type="application/json", status=status)
