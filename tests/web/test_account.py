"""Accounts in the browser: logging in and out, passwords, sessions, one's own data, leaving."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client

from bookwheel.actions.follow_author import follow_author
from bookwheel.actions.mark_days_read import mark_days_read
from bookwheel.actions.mark_paper import mark_paper
from bookwheel.actions.save_search import save_search
from bookwheel.actions.set_reading import set_reading
from bookwheel.actions.steer_tag import steer_tag
from bookwheel.actions.tag_paper import tag_paper
from bookwheel.core.steering import Turn
from bookwheel.models import Mark, Paper, Reader, Reading
from people import PASSWORD, Configure, Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["alice", "alice@example.org"])
def test_logs_in_by_name_or_address_and_out_by_post(
    alice: Person, visitor: Client, name: str
) -> None:
    answer = visitor.post("/account/login", {"login": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert visitor.get("/settings").status_code == 200
    assert visitor.get("/account/logout").status_code == 200  # only asks
    assert visitor.get("/settings").status_code == 200
    assert visitor.post("/account/logout")["Location"] == "/account/login"
    assert visitor.get("/settings").status_code == 302


def test_a_wrong_password_is_tied_to_the_form_and_lets_nobody_in(
    alice: Person, visitor: Client
) -> None:
    page = visitor.post("/account/login", {"login": "alice", "password": "nonsense"})
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert visitor.get("/settings").status_code == 302


def test_an_error_of_a_field_is_tied_to_it(alice: Person, visitor: Client) -> None:
    page = visitor.post("/account/login", {"login": "", "password": "x"}).text
    assert 'aria-describedby="id_login_error"' in page
    assert 'id="id_login_error"' in page


def test_too_many_wrong_passwords_are_refused(alice: Person, visitor: Client) -> None:
    for _ in range(8):
        page = visitor.post("/account/login", {"login": "alice", "password": "nonsense"})
    assert "Too many failed login attempts" in page.text


def test_many_guesses_elsewhere_do_not_wipe_the_limit_of_one_account(
    alice: Person, visitor: Client
) -> None:
    def guess(name: str, number: int) -> str:
        form = {"login": name, "password": "nonsense"}
        address = f"10.1.{number // 250}.{number % 250}"
        return visitor.post("/account/login", form, REMOTE_ADDR=address).text

    for number in range(8):
        guess("alice", number)
    for number in range(400):
        guess(f"nobody-{number}", number)
    assert "Too many failed login attempts" in guess("alice", 999)


@pytest.mark.parametrize("kind", ["", "@example.org"])
def test_a_failed_login_takes_as_long_whether_the_account_is_there_or_not(
    alice: Person, visitor: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    encode = MD5PasswordHasher.encode  # what takes the time
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given: hashed.append(given) or encode(*given)
    )
    for name in ("alice", "nobody"):
        visitor.post("/account/login", {"login": name + kind, "password": "nonsense"})
    assert len({password for _, password, *_ in hashed}) == 1
    assert len(hashed) == 2


def test_sign_up_is_closed_unless_opened(
    alice: Person, visitor: Client, configure: Configure
) -> None:
    form = {"username": "dora", "password1": PASSWORD, "password2": PASSWORD}
    assert "makes accounts here" in visitor.post("/account/sign-up", form).text
    assert not Reader.objects.filter(username="dora").exists()
    configure(sign_up="open")
    assert 'href="/account/sign-up"' in visitor.get("/account/login").text
    assert visitor.post("/account/sign-up", form).status_code == 302
    assert Reader.objects.get(username="dora").check_password(PASSWORD)


def test_nobody_can_sign_up_as_the_local_reader(
    alice: Person, visitor: Client, configure: Configure
) -> None:
    configure(sign_up="open")
    form = {"username": "reader", "password1": PASSWORD, "password2": PASSWORD}
    assert visitor.post("/account/sign-up", form).status_code == 200
    assert not Reader.objects.filter(username="reader").exists()


def test_changing_the_password_needs_the_old_one(alice: Person) -> None:
    new = {"password1": "another long word 7", "password2": "another long word 7"}
    alice.client.post("/account/password", new | {"oldpassword": "nonsense"})
    alice.reader.refresh_from_db()
    assert alice.reader.check_password(PASSWORD)
    alice.client.post("/account/password", new | {"oldpassword": PASSWORD})
    alice.reader.refresh_from_db()
    assert alice.reader.check_password("another long word 7")


def test_changing_the_address_asks_for_the_password_and_waits_for_the_link(
    alice: Person, configure: Configure, mailoutbox: list[EmailMessage]
) -> None:
    configure(smtp_host="localhost")
    EmailAddress.objects.create(
        user=alice.reader, email=alice.reader.email, verified=True, primary=True
    )
    form = {"email": "new@example.org", "action_add": ""}
    asked = alice.client.post("/account/email", form)
    assert asked["Location"] == "/account/again?next=%2Faccount%2Femail"
    alice.client.post(asked["Location"], {"password": PASSWORD, "next": "/account/email"})
    assert "new@example.org" in alice.client.get("/account/email").text
    alice.reader.refresh_from_db()
    assert alice.reader.email == "alice@example.org"
    link = re.search(r"http://localhost(/account/email/\S+)", mailoutbox[-1].body)
    assert "new@example.org" in alice.client.get(link[1]).text
    alice.client.post(link[1])
    alice.reader.refresh_from_db()
    assert alice.reader.email == "new@example.org"


def test_without_a_mail_server_a_lost_password_page_says_whom_to_ask(
    alice: Person, visitor: Client
) -> None:
    assert "sends no mail" in alice.client.get("/account/email").text
    assert "bookwheel user password NAME" in visitor.get("/account/password/reset").text


def test_one_session_can_be_ended_from_another(alice: Person, visitor: Client) -> None:
    visitor.post("/account/login", {"login": "alice", "password": PASSWORD})
    page = alice.client.get("/account/sessions").text
    assert page.count("End this session") == 1
    assert page.count("This is you, here.") == 1
    number = page.split('name="session" value="')[1].split('"')[0]
    assert alice.client.post("/account/sessions/end", {"session": number}).status_code == 302
    assert visitor.get("/settings").status_code == 302
    assert alice.client.get("/settings").status_code == 200


def test_all_other_sessions_can_be_ended(alice: Person, visitor: Client) -> None:
    visitor.post("/account/login", {"login": "alice", "password": PASSWORD})
    alice.client.post("/account/sessions")
    assert visitor.get("/settings").status_code == 302
    assert alice.client.get("/settings").status_code == 200


def test_own_data_can_be_taken_away(alice: Person, bob: Person, paper: Paper) -> None:
    mark_paper(alice.reader, paper, Mark.Kind.LIKE)
    tag_paper(alice.reader, paper, "vision")
    set_reading(alice.reader, paper, Reading.State.LATER)
    mark_days_read(alice.reader, [date(2026, 5, 12)])
    follow_author(alice.reader, "Curie", "Marie")
    save_search(alice.reader, "radium")
    begun = [Turn("papers", str(paper.pk), "more"), Turn("choice", "0", str(paper.pk))]
    steer_tag(alice.reader, alice.reader.tags.get(), *begun)
    tag_paper(bob.reader, paper, "secret of bob")
    save_search(bob.reader, "secret of bob")
    answer = alice.client.get("/account/data")
    assert answer["Content-Disposition"] == 'attachment; filename="bookwheel.json"'
    data = json.loads(answer.content)
    assert data["reader"]["name"] == "alice"
    assert data["settings"] == {
        "density": "sentences",
        "theme": "system",
        "time_zone": "",
        "line": 0.4,
        "shade": False,
        "explore": 10,
        "learn_opens": False,
    }
    assert data["later"][0]["paper"] == paper.arxiv_id
    assert data["days_read"] == ["2026-05-12"]
    assert data["authors"][0]["family"] == "Curie"
    assert data["searches"][0]["text"] == "radium"
    assert [like["paper"] for like in data["likes"]] == [paper.arxiv_id]
    assert data["hides"] == []
    assert [(tag["name"], tag["papers"][0]["paper"]) for tag in data["tags"]] == [
        ("vision", paper.arxiv_id)
    ]
    assert data["tags"][0]["steering"] == {
        "papers": {paper.arxiv_id: "more"},
        "choices": [[None, paper.arxiv_id]],
    }
    assert data["tags"][0]["history"][0]["turn"]["kind"] == "choice"
    assert "bob" not in answer.text


def test_deleting_the_account_needs_the_password(alice: Person, bob: Person) -> None:
    page = alice.client.post("/account/delete", {"proof": "nonsense"})
    assert "Nothing was deleted" in page.text
    assert Reader.objects.filter(username="alice").exists()
    assert alice.client.post("/account/delete", {"proof": PASSWORD}).status_code == 302
    assert not Reader.objects.filter(username="alice").exists()
    assert Session.objects.count() == 1  # bob's
    assert alice.client.get("/settings").status_code == 302


def test_the_password_cannot_be_guessed_by_deleting(alice: Person) -> None:
    for _ in range(11):
        answer = alice.client.post("/account/delete", {"proof": "nonsense"})
    assert answer.status_code == 429
    assert "Too many tries" in answer.text
