"""Every operation against nobody, its owner, another reader, and keys that do not do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from belongings import belongings
from bookwheel.api.app import api
from bookwheel.api.described import described
from desks import Desk, expired, key_of, program
from people import Person


@dataclass(frozen=True)
class Row:
    """An operation, with the answer to alice and to charlie when it is about alice's things."""

    method: str
    path: str
    alice: int = 200
    charlie: int = 200
    body: str = ""


P = "/api/v1"
ROWS = [
    Row("GET", f"{P}/papers/{{paper}}"),
    Row("GET", f"{P}/papers/{{paper}}/versions"),
    Row("GET", f"{P}/papers/{{paper}}/text"),
    Row("POST", f"{P}/papers/{{paper}}/text"),
    Row("GET", f"{P}/papers/{{paper}}/passages?q=glow"),
    Row("GET", f"{P}/papers/{{paper}}/citations"),
    Row("GET", f"{P}/papers/{{paper}}/similar"),
    Row("GET", f"{P}/papers/{{paper}}/why?tag=vision", charlie=404),
    Row("GET", f"{P}/papers/{{paper}}/words"),
    Row("GET", f"{P}/papers/{{paper}}/cite"),
    Row("PUT", f"{P}/papers/{{paper}}/like"),
    Row("DELETE", f"{P}/papers/{{paper}}/like"),
    Row("PUT", f"{P}/papers/{{paper}}/hide"),
    Row("DELETE", f"{P}/papers/{{paper}}/hide"),
    Row("PUT", f"{P}/papers/{{paper}}/reading", body='{"state": "later"}'),
    Row("GET", f"{P}/search?q=learning"),
    Row("GET", f"{P}/search/passages?q=glow&tag=vision", charlie=404),
    Row("GET", f"{P}/lists/best?tag=vision", charlie=404),
    Row("GET", f"{P}/lists/new"),
    Row("GET", f"{P}/lists/top"),
    Row("GET", f"{P}/lists/random"),
    Row("GET", f"{P}/lists/library?tag=vision", charlie=404),
    Row("GET", f"{P}/lists/later"),
    Row("GET", f"{P}/feed"),
    Row("GET", f"{P}/feed/catch-up?since=2026-05-01"),
    Row("POST", f"{P}/feed/catch-up", body='{"since": "2026-05-01", "until": "2026-06-01"}'),
    Row("GET", f"{P}/feed/{{day}}"),
    Row("POST", f"{P}/feed/{{day}}/read"),
    Row("GET", f"{P}/tags"),
    Row("POST", f"{P}/tags", alice=201, charlie=201, body='{"name": "new"}'),
    Row("GET", f"{P}/tags/{{tag}}", charlie=404),
    Row("PATCH", f"{P}/tags/{{tag}}", charlie=404, body='{"name": "seen", "colour": 3}'),
    Row("DELETE", f"{P}/tags/{{tag}}", charlie=404),
    Row("POST", f"{P}/tags/{{tag}}/merge", charlie=404, body='{"into": {other}}'),
    Row("GET", f"{P}/tags/{{tag}}/papers", charlie=404),
    Row("GET", f"{P}/tags/{{tag}}/best", charlie=404),
    Row("PUT", f"{P}/tags/{{other}}/papers/{{paper}}", charlie=404),
    Row("DELETE", f"{P}/tags/{{tag}}/papers/{{paper}}", charlie=404),
    Row("GET", f"{P}/tags/{{tag}}/learned", charlie=404),
    Row("POST", f"{P}/tags/{{tag}}/steering", charlie=404, body='{"turns": [{"kind": "reset"}]}'),
    Row("GET", f"{P}/tags/{{tag}}/history", charlie=404),
    Row("POST", f"{P}/steps/{{step}}/restore", charlie=404),
    Row("GET", f"{P}/following"),
    Row("POST", f"{P}/authors", body='{"family": "Noether"}'),
    Row("DELETE", f"{P}/authors/{{author}}", charlie=404),
    Row("POST", f"{P}/searches", body='{"text": "polonium"}'),
    Row("DELETE", f"{P}/searches/{{search}}", charlie=404),
    Row("GET", f"{P}/notes"),
    Row("POST", f"{P}/notes", 201, 201, body='{"paper": "{paper}", "note": "Mine"}'),
    Row("PATCH", f"{P}/notes/{{note}}", charlie=404, body='{"note": "Other"}'),
    Row("DELETE", f"{P}/notes/{{note}}", charlie=404),
    Row("GET", f"{P}/library/export?tag=vision", charlie=404),
    Row("POST", f"{P}/library/import", body='{"text": "{paper}", "like": true}'),
    Row("GET", f"{P}/library/private"),
    Row("DELETE", f"{P}/library/private/{{private}}", 204, 404),
    Row("GET", f"{P}/ask/models"),
    Row("POST", f"{P}/ask", charlie=404, body='{"question": "What glows?", "tag": "vision"}'),
    Row("GET", f"{P}/conversations"),
    Row("POST", f"{P}/conversations", 202, 202, body='{"question": "What glows?"}'),
    Row("GET", f"{P}/conversations/{{conversation}}", charlie=404),
    Row("POST", f"{P}/conversations/{{conversation}}", 202, 404, body='{"question": "Why?"}'),
    Row("PATCH", f"{P}/conversations/{{conversation}}", charlie=404, body='{"pinned": true}'),
    Row("DELETE", f"{P}/conversations/{{conversation}}", charlie=404),
    Row("GET", f"{P}/messages/{{message}}", charlie=404),
    Row("POST", f"{P}/messages/{{message}}/stop", charlie=404),
    Row("POST", f"{P}/messages/{{message}}/rating", 204, 404, body='{"rating": "up"}'),
    Row("GET", f"{P}/changes"),
    Row("POST", f"{P}/changes/{{change}}/undo", charlie=404),
    Row("GET", f"{P}/keys"),
    Row("POST", f"{P}/keys", 401, 401, body='{"name": "x", "scopes": ["read"]}'),
    Row("DELETE", f"{P}/keys/{{key}}", 204, 404),
    Row("GET", f"{P}/me"),
    Row("GET", f"{P}/stats"),
    Row("GET", f"{P}/health"),
]


def by_name(row: Row) -> str:
    return f"{row.method} {row.path.partition('?')[0].removeprefix(P)}"


def call(client: Client, desk: Desk, row: Row) -> HttpResponse:
    """Send what a row says."""
    body = row.body
    for name in ("paper", "other"):
        body = body.replace(f"{{{name}}}", str(desk.things[name]))
    return client.generic(row.method, desk.address(row.path), body, content_type="application/json")


def scope_of(row: Row) -> str:
    scopes = {
        (method.upper(), path.replace("{", "").replace("}", "")): operation["x-scope"]
        for path, operations in described(api)["paths"].items()
        for method, operation in operations.items()
    }
    return str(scopes[row.method, _plain(row.path)])


def _plain(path: str) -> str:
    named = path.partition("?")[0].replace("{other}/papers", "{tag}/papers")
    return named.replace("private/{private}", "private/{paper}").replace("{", "").replace("}", "")


def test_every_operation_has_a_row() -> None:
    told = {
        (method.upper(), path.replace("{", "").replace("}", ""))
        for path, operations in described(api)["paths"].items()
        for method in operations
    }
    assert {(row.method, _plain(row.path)) for row in ROWS} == told


@pytest.mark.parametrize("row", ROWS, ids=by_name)
def test_who_may(desk: Desk, charlie: Person, row: Row) -> None:
    """One test for each operation, because its desk takes longer to make than all calls."""
    reader, scope = desk.alice.reader, scope_of(row)
    mine = key_of(reader)
    half = key_of(reader, *(each for each in ("read", "write", "ask") if each != scope))
    before = belongings(reader)
    for nobody in (program(), program("bw_unknown_key"), program(expired(charlie.reader))):
        refused = call(nobody, desk, row)
        assert refused.status_code == 401
        assert refused["Content-Type"] == "application/problem+json"
    assert call(program(key_of(charlie.reader)), desk, row).status_code == row.charlie
    assert call(program(half), desk, row).status_code == (401 if scope == "login" else 403)
    desk.alice.client.handler.enforce_csrf_checks = True
    page = call(desk.alice.client, desk, row).status_code
    assert page == (row.alice if row.method == "GET" else 403)
    after = belongings(reader)
    assert _unused(after) == _unused(before)
    done = call(program(mine), desk, row)
    assert done.status_code == row.alice, done.content


def _unused(held: list[Any]) -> list[Any]:
    """Without what counts the use of keys."""
    counted = {"minute", "used", "last_used"}
    return [
        [{name: row[name] for name in row if name not in counted} for row in rows]
        if isinstance(rows, list)
        else rows
        for rows in held
    ]


def test_what_does_not_exist_looks_like_what_is_anothers(desk: Desk, charlie: Person) -> None:
    client = program(key_of(charlie.reader))
    anothers = client.get(desk.address("/api/v1/tags/{tag}"))
    missing = client.get("/api/v1/tags/999999")
    nowhere = client.get("/api/v1/nothing/here")
    assert anothers.status_code == 404
    assert anothers.content == missing.content == nowhere.content
