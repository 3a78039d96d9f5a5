"""Who reads in the tests: alice owns, bob reads beside her, charlie must see nothing of hers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from bookwheel.models import Paper, Reader

Configure = Callable[..., None]  # the fixture `configure`
PASSWORD = "correct horse battery staple"
_numbers = count(1)


@dataclass(frozen=True)
class Person:
    """An account and a browser that is logged in to it."""

    reader: Reader
    client: Client


def person(name: str) -> Person:
    """Make an account with `PASSWORD` and log it in."""
    from bookwheel.models import Reader

    reader = Reader.objects.create_user(name, f"{name}@example.org", PASSWORD)
    client = Client(headers={"accept": "text/html"}, SERVER_NAME="localhost")
    client.post("/account/login", {"login": name, "password": PASSWORD})
    return Person(reader, client)


@pytest.fixture
def alice(db: None) -> Person:
    """Owns what a test makes."""
    return person("alice")


@pytest.fixture
def bob(db: None) -> Person:
    """Reads in the same place as alice."""
    return person("bob")


@pytest.fixture
def charlie(db: None) -> Person:
    """Must see nothing of alice's."""
    return person("charlie")


@pytest.fixture
def visitor() -> Client:
    """A browser on this machine that is not logged in."""
    return Client(headers={"accept": "text/html"}, SERVER_NAME="localhost")


def make_paper(arxiv_id: str = "", **fields: object) -> Paper:
    """Store a paper; whatever a test does not care about is filled in."""
    from bookwheel.models import Paper

    number = next(_numbers)
    values: dict[str, object] = {
        "arxiv_id": arxiv_id or f"2501.{number:05d}",
        "changed": number,
        "title": f"Paper {number}",
        "abstract": "We study papers. They are good.",
        "authors": [["Curie", "Marie", ""]],
        "categories": "cs.LG cs.CL",
        "versions": [[1, "2025-01-02T03:04:05+00:00"]],
        "first_date": date(2025, 1, 2),
        "last_date": date(2025, 1, 2),
    }
    return Paper.objects.create(**(values | fields))


@pytest.fixture
def paper(db: None) -> Paper:
    """A stored paper."""
    return make_paper()
