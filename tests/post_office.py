"""A real mail server on this machine that keeps what it takes, and fails when it is told to.

Faults by name, each for the next mail only unless it is said to stay: "421 before data",
"421 after data", "450 for the recipient", "550 for the recipient", "571 after data",
"timeout after data", "cut in the middle", "cut after data", "taken, then cut".
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from people import Configure


class Office:
    """Handler of aiosmtpd; `fault` comes over the next mail, each mail while `stays`."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.fault = ""
        self.stays = False
        self.refused: set[str] = set()
        self.on_taken: Callable[[], object] = lambda: None

    def _now(self, fault: str) -> bool:
        if self.fault != fault:
            return False
        if not self.stays:
            self.fault = ""
        return True

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refused or self._now("550 for the recipient"):
            return "550 5.1.1 No such mailbox"
        if self._now("450 for the recipient"):
            return "450 4.2.1 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str | None:
        if self._now("421 after data"):
            return "421 4.3.2 Going down"
        if self._now("571 after data"):
            return "550 5.7.1 We do not like where you come from"
        if self._now("timeout after data"):
            await asyncio.sleep(5)
            return "451 4.3.0 Too late"
        if self._now("cut after data"):
            server.transport.abort()
            return None
        self.arrived.append(message_from_bytes(envelope.content, policy=policy.default))
        self.on_taken()
        if self._now("taken, then cut"):
            server.transport.abort()
        return "250 OK"


class Server(SMTP):
    """aiosmtpd's, with the faults that its handlers cannot make."""

    async def smtp_DATA(self, arg: str) -> None:
        handler: Office = self.event_handler
        if handler._now("421 before data"):
            await self.push("421 4.3.2 Going down")
            self.transport.close()
        elif handler._now("cut in the middle"):
            await self.push("354 Go on")
            await self._reader.read(200)
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return Server(self.handler, **self.SMTP_kwargs)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture
def office(configure: Configure, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A mail server on loopback, and Bookwheel set to use it."""
    kept, port = Office(), free_port()
    server = _Controller(kept, hostname="127.0.0.1", port=port)
    configure(
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_tls="false",
        mail_from="b@papers.example.org",
        site="https://papers.example.org",
    )
    monkeypatch.setattr("bookwheel.delivery.postbox.TIMEOUT", 2.0)
    server.start()
    yield kept
    server.stop()
