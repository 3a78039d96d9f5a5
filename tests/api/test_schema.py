"""Whatever fits the schema, and much that does not, is answered as the schema says."""

from __future__ import annotations

import os
from typing import Any

import orjson
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bookwheel.actions import use_api_key
from bookwheel.api.app import api
from bookwheel.api.base import Shape
from bookwheel.api.described import described
from desks import Desk, key_of

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
DEEPER = bool(os.environ.get("DEEPER"))  # looks far longer, and for new cases each time
EXAMPLES = 200 if DEEPER else 3
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def test_the_schema_is_open_to_everybody(db: None, client: Any) -> None:
    answer = client.get("/api/v1/openapi.json", SERVER_NAME="localhost")
    assert orjson.loads(answer.content) == orjson.loads(orjson.dumps(described(api)))
    assert orjson.loads(answer.content)["openapi"].startswith("3.1")


@pytest.mark.parametrize("mode", MODES, ids=["fitting", "not fitting"])
def test_answers_are_as_the_schema_says(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, mode: GenerationMode
) -> None:
    monkeypatch.setattr(use_api_key, "PER_MINUTE", 10**9)
    schema = schemathesis.openapi.from_dict(orjson.loads(orjson.dumps(described(api))))
    schema.app = WSGIHandler()
    headers = {"Authorization": f"Bearer {key_of(desk.alice.reader)}", "Accept-Encoding": ""}

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        deadline=None,
        derandomize=not DEEPER,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def look(operation: Any, data: st.DataObject) -> None:
        try:
            strategy = operation.as_strategy(generation_mode=mode)
        except schemathesis.errors.InvalidSchema:  # nothing of it can be wrong
            return
        case: Case = data.draw(strategy)
        _furnish(case, desk, data)
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    looked = [each.ok() for each in schema.get_all_operations()]
    for operation in looked:
        look(operation)
    assert len(looked) > 60


def _furnish(case: Case, desk: Desk, data: st.DataObject) -> None:
    """Most often what is asked for is there; no stream, which only an event loop can send."""
    for name in case.path_parameters or {}:
        if data.draw(st.integers(0, 3)):
            case.path_parameters[name] = str(desk.things[name])
    if isinstance(case.body, dict):
        case.body.pop("stream", None)
        case.body.pop("model", None)


def test_no_two_shapes_have_one_name() -> None:
    """The schema would show only one of them."""
    ours = [each for each in _shapes(Shape) if each.__module__.startswith("bookwheel.api.")]
    names = [each.__name__ for each in ours]
    assert sorted(names) == sorted(set(names))


def _shapes(shape: type[Shape]) -> list[type[Shape]]:
    return [each for below in shape.__subclasses__() for each in (below, *_shapes(below))]
