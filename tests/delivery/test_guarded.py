"""Nothing is posted to what only this machine can reach."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from bookwheel.delivery.guarded import check_address, is_public, post
from bookwheel.errors import OfflineError, WebhookError
from chat_server import Chat, chat
from people import Configure

__all__ = ["chat"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),  # Teredo to 127.0.0.1
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "address",
    [
        *("", "x", "ftp://example.org", "file:///etc/passwd", "gopher://example.org", "http://"),
        *("https://u:p@example.org", "https://example.org:0", "https://example.org:99999"),
        *("https://exa mple.org", "https://example.org/\r\nX: y", "https://[::1", "https://é.org"),
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(WebhookError):
        check_address(address)


PRIVATE = [
    *("http://127.0.0.1", "http://localhost", "http://2130706433", "http://0x7f000001"),
    *("http://0177.0.0.1", "http://127.1", "http://[::1]", "http://[::ffff:127.0.0.1]"),
    *("http://169.254.169.254/latest/meta-data", "http://localhost.", "http://0.0.0.0"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_however_they_are_written(configure: Configure, address: str) -> None:
    configure(offline="false")
    with pytest.raises(WebhookError, match="private address|no host"):
        post(address, b"{}", {})


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A name server that gives these answers, one after the other; who was asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_the_address_that_was_checked_is_the_one_that_is_used(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second answer is private, but nobody asks a second time."""
    configure(offline="false")
    asked = resolver(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    reached: list[Any] = []

    def connect(self: socket.socket, address: Any) -> None:
        reached.append(address)
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(WebhookError, match="nobody there"):
        post("http://rebind.example.org/x", b"{}", {})
    assert reached == [("93.184.216.34", 80)]
    assert asked == ["rebind.example.org"]


def test_one_private_address_among_public_ones_is_enough(
    configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(offline="false")
    resolver(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(WebhookError, match="private address"):
        post("http://two.example.org", b"{}", {})


def test_offline_only_hosts_that_are_named(configure: Configure) -> None:
    configure(offline="true")
    with pytest.raises(OfflineError):
        post("https://example.org", b"{}", {})


@pytest.mark.loopback
def test_a_host_that_is_named_may_be_private(chat: Chat) -> None:
    assert post(chat.address, b"{}", {"X-A": "b"}).status == 200
    assert chat.posted[0].headers["x-a"] == "b"
    assert chat.posted[0].path == "/hook"
    with pytest.raises(OfflineError):
        post(chat.address.replace("localhost", "127.0.0.1"), b"{}", {})


@pytest.mark.loopback
def test_redirects_are_not_followed(chat: Chat) -> None:
    chat.answers = [(302, "", {"Location": chat.address + "/elsewhere"})]
    assert post(chat.address, b"{}", {}).status == 302
    assert len(chat.posted) == 1


@pytest.mark.loopback
def test_of_a_long_answer_only_the_beginning_is_read(chat: Chat) -> None:
    chat.answers = [(200, "x" * 1_000_000, {})]
    assert len(post(chat.address, b"{}", {}).text) == 16_384
