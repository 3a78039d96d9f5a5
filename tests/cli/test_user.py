"""`bookwheel user …`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from bookwheel.actions.open_local_reader import open_local_reader
from bookwheel.cli import main
from bookwheel.models import Reader
from people import PASSWORD, Person

pytestmark = pytest.mark.django_db


def user(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["user", *arguments], input=typed)


def test_an_account_is_made_with_a_password_from_standard_input() -> None:
    done = user("add", "dora", "--email", "dora@example.org", "--admin", typed=PASSWORD + "\n")
    assert (done.exit_code, done.output) == (0, "dora can log in now.\n")
    reader = Reader.objects.get(username="dora")
    assert reader.check_password(PASSWORD)
    assert (reader.email, reader.is_superuser) == ("dora@example.org", True)


def test_a_weak_password_or_a_taken_name_is_refused(alice: Person) -> None:
    weak = user("add", "dora", typed="123\n")
    assert weak.exit_code == 1
    assert weak.output.startswith("Error: This password is too short.")
    taken = user("add", "alice", typed=PASSWORD + "\n")
    assert (taken.exit_code, taken.output) == (1, "Error: There is an account of this name.\n")
    assert Reader.objects.count() == 1


def test_a_password_is_never_an_argument() -> None:
    assert user("add", "dora", PASSWORD).exit_code == 2


def test_all_accounts_are_listed(alice: Person) -> None:
    open_local_reader()
    assert user("list").output == "alice\talice@example.org\nreader\t\tlocal\n"
    readers = json.loads(user("list", "--json").output)["readers"]
    assert [(each["name"], each["admin"], each["local"]) for each in readers] == [
        ("alice", False, False),
        ("reader", False, True),
    ]


def test_a_new_password_ends_all_sessions(alice: Person) -> None:
    assert alice.client.get("/settings").status_code == 200
    assert user("password", "alice", typed="another good one 3\n").exit_code == 0
    assert alice.client.get("/settings").status_code == 302
    alice.reader.refresh_from_db()
    assert alice.reader.check_password("another good one 3")


def test_removing_asks_first(alice: Person) -> None:
    assert user("remove", "alice", typed="n\n").exit_code == 1
    assert Reader.objects.count() == 1
    assert user("remove", "alice", typed="y\n").exit_code == 0
    assert Reader.objects.count() == 0


def test_removing_without_asking(alice: Person) -> None:
    assert user("remove", "alice", "--yes").output == "alice is gone.\n"


def test_an_unknown_name_is_said(db: None) -> None:
    for arguments in (["password", "nobody"], ["remove", "nobody"]):
        done = user(*arguments, typed=PASSWORD + "\n")
        assert done.exit_code == 1
        assert "bookwheel user list" in done.output
