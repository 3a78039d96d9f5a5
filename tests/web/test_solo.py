"""A reader alone on this machine needs no account; everybody else does."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from bookwheel.actions.add_reader import add_reader
from bookwheel.models import Reader
from bookwheel.web.binding import allowed_hosts, is_loopback
from people import PASSWORD, Configure, Person

pytestmark = pytest.mark.django_db


def enters(client: Client, **environment: str) -> bool:
    """Tell whether a visitor gets in; who does not is shown the login."""
    answer = client.get("/settings", **environment)
    assert answer.status_code == 200 or answer["Location"].startswith("/account/login?next=")
    return answer.status_code == 200


@pytest.mark.parametrize("name", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_first_visit_on_loopback_is_the_local_readers(visitor: Client, name: str) -> None:
    assert enters(visitor, HTTP_HOST=name)
    reader = Reader.objects.get()
    assert (reader.username, reader.has_usable_password()) == ("reader", False)
    assert enters(visitor, HTTP_HOST=name)
    assert (Reader.objects.count(), Session.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "header",
    [
        "HTTP_FORWARDED",
        "HTTP_VIA",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_REAL_IP",
    ],
)
def test_behind_a_proxy_nobody_is_alone(visitor: Client, header: str) -> None:
    assert not enters(visitor, **{header: "127.0.0.1"})
    assert Reader.objects.count() == 0
    assert enters(visitor)  # the session of the local reader is of no use behind the proxy either
    assert not enters(visitor, **{header: "127.0.0.1"})


@pytest.mark.parametrize("setting", ["hosts", "https", "trusted_proxies"])
def test_a_setting_for_others_ends_reading_alone(
    visitor: Client, configure: Configure, setting: str
) -> None:
    configure(**{setting: {"hosts": "papers.example.org"}.get(setting, "1")})
    assert not enters(visitor)


@pytest.mark.parametrize(
    ("site", "purpose", "may"),
    [
        ("none", "document", True),  # typed
        ("same-origin", "empty", True),  # a script of ours
        ("cross-site", "document", True),  # a link
        ("cross-site", "image", False),
        ("cross-site", "iframe", False),
        ("cross-site", "empty", False),
        ("same-site", "script", False),  # from another port of this machine
    ],
)
def test_pages_of_other_sites_load_nothing_behind_the_readers_back(
    visitor: Client, site: str, purpose: str, may: bool
) -> None:
    headers = {"HTTP_SEC_FETCH_SITE": site, "HTTP_SEC_FETCH_DEST": purpose}
    assert enters(visitor, **headers) is may
    assert enters(visitor)
    session = visitor.session.session_key
    assert enters(visitor, **headers) is may
    assert visitor.session.session_key == session


def test_a_request_from_elsewhere_needs_an_account(visitor: Client) -> None:
    assert not enters(visitor, REMOTE_ADDR="192.0.2.7")


def test_under_another_name_an_account_is_needed(visitor: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "papers.example.org"]
    assert not enters(visitor, HTTP_HOST="papers.example.org")


def test_a_name_that_is_not_ours_is_refused(visitor: Client) -> None:
    answer = visitor.get("/settings", HTTP_HOST="rebound.example.org")
    assert answer.status_code == 400
    assert "BOOKWHEEL_HOSTS" in answer.text
    assert Reader.objects.count() == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "papers.example.org"])
def test_a_server_that_others_can_reach_is_closed(
    visitor: Client, configure: Configure, host: str
) -> None:
    configure(host=host)
    assert not enters(visitor)
    assert "bookwheel user add NAME" in visitor.get("/account/login").text


def test_the_session_of_the_local_reader_ends_when_others_can_reach_the_server(
    visitor: Client, configure: Configure
) -> None:
    assert enters(visitor)
    configure(host="0.0.0.0")
    assert not enters(visitor)
    configure(host="127.0.0.1")
    assert enters(visitor)


def test_the_first_account_ends_reading_alone(visitor: Client) -> None:
    assert enters(visitor)
    add_reader("dora", PASSWORD)
    assert not enters(visitor)
    assert "bookwheel user add NAME" not in visitor.get("/account/login").text


def test_the_local_reader_can_become_an_account(visitor: Client) -> None:
    assert "Ask for a password" in visitor.get("/settings").text
    new = {"password1": PASSWORD, "password2": PASSWORD}
    assert visitor.post("/account/password/set", new).status_code == 302
    assert enters(visitor)  # still logged in, now as an account
    assert not enters(Client(SERVER_NAME="localhost"))
    again = Client(SERVER_NAME="localhost")
    again.post("/account/login", {"login": "reader", "password": PASSWORD})
    assert enters(again)


def test_the_local_reader_can_delete_everything(visitor: Client) -> None:
    visitor.get("/settings")
    first = Reader.objects.get().pk
    assert "Nothing was deleted" in visitor.post("/account/delete", {"proof": "x"}).text
    visitor.post("/account/delete", {"proof": "reader"})
    assert not Reader.objects.filter(pk=first).exists()


def test_a_script_leaves_no_sessions_behind() -> None:
    script = Client(SERVER_NAME="localhost", headers={"accept": "*/*"})
    for _ in range(3):
        assert enters(script)
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_an_account_is_not_asked_how_it_came(alice: Person) -> None:
    assert enters(alice.client, HTTP_X_FORWARDED_FOR="192.0.2.7", REMOTE_ADDR="192.0.2.7")


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_what_counts_as_loopback(address: str, near: bool) -> None:
    assert is_loopback(address) is near


def test_the_names_that_the_site_answers_to() -> None:
    near = ["localhost", "127.0.0.1", "[::1]"]
    assert allowed_hosts("127.0.0.1", ()) == near
    assert allowed_hosts("192.0.2.1", ("lab.example.org",)) == [
        *near,
        "lab.example.org",
        "192.0.2.1",
    ]
    assert allowed_hosts("2001:db8::1", ())[-1] == "[2001:db8::1]"
    assert "*" not in allowed_hosts("0.0.0.0", ())
