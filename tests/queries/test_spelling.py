"""Misspelt searches: what is proposed, and when nothing is."""

from __future__ import annotations

import pytest

from bookwheel.models import Paper
from bookwheel.queries.engine import engine
from bookwheel.queries.spelling import meant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("speehc recognition", "speech recognition"),
        ("Spech", "speech"),
        ("speech", ""),
        ("xqzvw", ""),
        ("spe", ""),
        ("", ""),
    ],
)
def test_one_letter_is_mended(library: list[Paper], typed: str, proposed: str) -> None:
    assert meant(engine(), typed) == proposed


def test_a_page_proposes_it(library: list[Paper], alice) -> None:
    page = alice.client.get("/search?q=speehc").content.decode()
    assert 'href="/search?q=speech"' in page


def test_a_version_that_does_not_exist_is_told(library: list[Paper], alice) -> None:
    name = library[0].arxiv_id
    answer = alice.client.get(f"/abs/{name}v99")
    assert answer.status_code == 404
    assert f'href="/abs/{name}"' in answer.content.decode()
    assert alice.client.get(f"/abs/{name}v1").status_code == 302


def test_a_refused_key_keeps_what_was_typed(alice) -> None:
    answer = alice.client.post("/do/make-key", {"name": "My <program>", "days": "30"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="My &lt;program&gt;"' in page
    assert 'role="alert"' in page


def test_a_refused_interest_keeps_what_was_typed(alice) -> None:
    answer = alice.client.post("/do/begin", {"papers": "something nobody knows"})
    assert answer.status_code == 400
    assert "something nobody knows" in answer.content.decode()
