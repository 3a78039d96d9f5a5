"""A disk that is full or may not be written: gestures say so, reading goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from bookwheel.actions.open_local_reader import open_local_reader
from bookwheel.models import Mark, Paper, Tag
from people import PASSWORD, Person

pytestmark = pytest.mark.django_db(transaction=True)  # after an error, too, as for readers


@pytest.fixture
def read_only(db: None) -> Iterator[None]:
    """Whatever is written fails, as on a disk that is mounted read-only."""
    if connection.vendor != "sqlite":
        pytest.skip("other databases keep their own disks")
    assert connection.connection
    connection.connection.execute("PRAGMA query_only = ON")
    yield
    connection.connection.execute("PRAGMA query_only = OFF")


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/do/like", {"paper": "{}"}),
        ("/do/tag", {"paper": "{}", "tag": "new"}),
        ("/do/create-tag", {"name": "new"}),
        ("/do/preferences", {"theme": "dark"}),
    ],
)
def test_a_gesture_says_that_nothing_was_changed(
    alice: Person, paper: Paper, read_only: None, address: str, fields: dict[str, str]
) -> None:
    form = {name: value.format(paper.arxiv_id) for name, value in fields.items()}
    answer = alice.client.post(address, form)
    assert answer.status_code == 503
    assert "cannot be written just now, so nothing was changed" in answer.text
    assert not (Mark.objects.exists() or Tag.objects.exists())
    short = alice.client.post(address, form, headers={"HX-Request": "true"})
    assert short["Content-Type"] == "text/plain; charset=utf-8"
    assert alice.client.get("/help").status_code == 200


def test_the_log_says_what_to_do(
    alice: Person, paper: Paper, read_only: None, caplog: pytest.LogCaptureFixture
) -> None:
    alice.client.post("/do/like", {"paper": paper.arxiv_id})
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert "readonly database). Make the folder writable" in caplog.text


def test_the_local_reader_can_read_without_a_session(
    visitor: Client, paper: Paper, request: pytest.FixtureRequest
) -> None:
    open_local_reader()
    request.getfixturevalue("read_only")
    for _ in range(2):
        assert visitor.get("/help").status_code == 200
        assert visitor.get(f"/bib/{paper.arxiv_id}").status_code == 200
    assert not Session.objects.exists()


def test_nobody_is_let_in_by_it(alice: Person, visitor: Client, read_only: None) -> None:
    visitor.post("/account/login", {"login": "alice", "password": PASSWORD})
    assert visitor.get("/help")["Location"] == "/account/login?next=/help"
