"""A lost password, by real mail over SMTP on this machine."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.test import Client

from bookwheel.actions.add_reader import add_reader
from people import PASSWORD, Configure

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]
NEW = "an entirely new one 4"


class Letters(Message):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: list[EmailMessage] = []

    def prepare_message(self, session: Any, envelope: Any) -> EmailMessage:
        return message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message: EmailMessage) -> None:
        self.arrived.append(message)


@pytest.fixture
def letters(configure: Configure, settings: Any) -> Iterator[list[EmailMessage]]:
    """A mail server on loopback, and Bookwheel set to use it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = Letters()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    configure(smtp_host="127.0.0.1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    server.start()
    yield kept.arrived
    server.stop()


def test_a_lost_password_is_replaced_by_mail(letters: list[EmailMessage], visitor: Client) -> None:
    add_reader("dora", PASSWORD, email="dora@example.org")
    assert visitor.post("/account/password/reset", {"email": "dora@example.org"}).status_code == 302
    (letter,) = letters
    assert letter["To"] == "dora@example.org"
    assert str(letter["Subject"]).startswith("Bookwheel: ")
    link = re.search(r"http://localhost(/account/password/reset/\S+)", letter.get_content())
    assert link
    form = visitor.get(link[1])["Location"]
    assert "New password" in visitor.get(form).text
    done = visitor.post(form, {"password1": NEW, "password2": NEW})
    assert done["Location"] == "/account/password/reset/done"
    assert (
        Client(SERVER_NAME="localhost").post("/account/login", {"login": "dora", "password": NEW})[
            "Location"
        ]
        == "/"
    )
    assert "used already" in Client(SERVER_NAME="localhost").get(link[1]).text


def test_nobody_is_written_to_who_has_no_account(
    letters: list[EmailMessage], visitor: Client
) -> None:
    answer = visitor.post("/account/password/reset", {"email": "stranger@example.org"})
    assert answer["Location"] == "/account/password/reset/sent"  # as if there were one
    assert letters == []


def test_a_mail_server_that_is_not_there_is_explained(
    letters: list[EmailMessage], visitor: Client, settings: Any
) -> None:
    add_reader("dora", PASSWORD, email="dora@example.org")
    settings.EMAIL_PORT = 1
    page = visitor.post("/account/password/reset", {"email": "dora@example.org"})
    assert page.status_code == 503
    assert "could not be sent" in page.text
