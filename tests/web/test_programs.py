"""Other programs ask: what they are refused, in the form that OpenAI's clients expect."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bookwheel.actions.count_tokens import count_tokens
from bookwheel.actions.make_api_key import make_api_key
from bookwheel.assistant.events import Usage
from bookwheel.models import Paper
from people import Configure, Person

pytestmark = pytest.mark.django_db
QUESTION = [{"role": "user", "content": "What do neural networks learn?"}]


def post(person: Person, body: Any, scopes: tuple[str, ...] = ("ask",)) -> tuple[int, Any]:
    """Ask with a new key; gives status and answer."""
    _key, secret = make_api_key(person.reader, "program", list(scopes))
    answer = person.client.post(
        "/v1/chat/completions",
        body if isinstance(body, bytes) else json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    return answer.status_code, json.loads(answer.content)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"{not json", 400, "invalid_request_error"),
        ({"model": "bookwheel", "messages": []}, 400, "invalid_request_error"),
        ({"model": "bookwheel", "messages": ["x"]}, 400, "invalid_request_error"),
        ({"model": "gpt-9", "messages": QUESTION}, 400, "invalid_request_error"),
        ({"model": "bookwheel:tag:none", "messages": QUESTION}, 404, "not_found_error"),
        ({"model": "bookwheel:paper:9999.99999", "messages": QUESTION}, 404, "not_found_error"),
    ],
)
def test_errors_have_the_form_of_openai(
    alice: Person, library: list[Paper], body: Any, status: int, kind: str
) -> None:
    got, answer = post(alice, body)
    assert got == status
    assert set(answer["error"]) == {"message", "type", "param", "code"}
    assert answer["error"]["type"] == kind and answer["error"]["message"]


def test_a_key_must_be_for_asking(alice: Person, library: list[Paper]) -> None:
    got, answer = post(alice, {"model": "bookwheel", "messages": QUESTION}, scopes=("read",))
    assert (got, answer["error"]["type"]) == (403, "permission_error")


def test_a_program_keeps_to_the_tokens_of_a_day(
    alice: Person, library: list[Paper], configure: Configure, library_folder: object
) -> None:
    configure(tokens_per_day=100, data=library_folder, model_servers="")
    count_tokens(alice.reader, "large", Usage(90, 20))
    asked = {"model": "bookwheel@large", "messages": QUESTION}
    got, answer = post(alice, asked)
    assert (got, answer["error"]["type"]) == (429, "rate_limit_error")
    got, answer = post(alice, asked | {"model": "bookwheel"})
    assert got == 200 and answer["choices"][0]["message"]["annotations"]
