"""Accounts: made, given preferences, and gone without a trace."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from bookwheel.actions.add_reader import add_reader
from bookwheel.actions.delete_reader import delete_reader
from bookwheel.actions.delete_tag import delete_tag
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.open_local_reader import open_local_reader
from bookwheel.actions.set_preferences import set_preferences
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.errors import InputError
from bookwheel.models import Mark, Paper, Reader
from bookwheel.queries.readers import accounts_exist
from people import PASSWORD, Person

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """How many rows each table holds, caches left out."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models(include_auto_created=True)
    }


def test_an_account_can_log_in(visitor: Client) -> None:
    reader = add_reader("dora", PASSWORD, email="dora@example.org")
    assert EmailAddress.objects.get(user=reader).verified
    assert (reader.is_superuser, accounts_exist()) == (False, True)
    login = {"login": "dora@example.org", "password": PASSWORD}
    assert visitor.post("/account/login", login).status_code == 302
    assert visitor.get("/settings").status_code == 200


@pytest.mark.parametrize(
    ("name", "password", "email"),
    [
        ("", PASSWORD, ""),
        ("a b", PASSWORD, ""),
        ("dora", "short", ""),
        ("dora", "", ""),
        ("dora", PASSWORD, "no address"),
        ("ALICE", PASSWORD, ""),
        ("dora", PASSWORD, "Alice@example.org"),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    alice: Person, name: str, password: str, email: str
) -> None:
    with pytest.raises(InputError):
        add_reader(name, password, email=email)
    assert Reader.objects.get() == alice.reader


def test_the_local_reader_is_one_and_cannot_log_in(visitor: Client) -> None:
    reader = open_local_reader()
    assert open_local_reader() == reader
    assert not accounts_exist()
    login = {"login": "reader", "password": ""}
    assert visitor.post("/account/login", login).status_code != 500
    assert not reader.has_usable_password()


def test_a_deleted_reader_leaves_nothing_behind(bob: Person, paper: Paper) -> None:
    before = rows()
    sessions = set(Session.objects.values_list("pk", flat=True))
    alice = add_reader("alice", PASSWORD, email="alice@example.org")
    Client(SERVER_NAME="localhost").post("/account/login", {"login": "alice", "password": PASSWORD})
    mark_paper(alice, paper, Mark.Kind.LIKE)
    tag_paper(alice, paper, "vision")
    delete_tag(alice, alice.tags.get())
    assert rows() != before
    delete_reader(alice)
    assert rows() == before
    assert set(Session.objects.values_list("pk", flat=True)) == sessions
    assert bob.client.get("/settings").status_code == 200


def test_preferences_change_only_what_is_given(alice: Person) -> None:
    set_preferences(alice.reader, density="cards")
    set_preferences(alice.reader, theme="dark")
    alice.reader.refresh_from_db()
    assert (alice.reader.density, alice.reader.theme) == ("cards", "dark")
    with pytest.raises(InputError):
        set_preferences(alice.reader, density="huge")
