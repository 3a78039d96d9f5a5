"""POST to an address that a reader typed, without reaching what only this machine can reach.

The name is resolved once, every address it has is checked, and the connection goes to one of those
very addresses: a name that changes its mind in between (DNS rebinding) gains nothing. Redirects are
not followed, proxies of the environment are not used. Hosts named in the settings are let through.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bookwheel.config import config
from bookwheel.errors import OfflineError, WebhookError

TIMEOUT = 10.0  # seconds for each step
MOST_READ = 16_384  # bytes of an answer; the rest is not looked at
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind IPv6 (RFC 6052)
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    text: str
    wait: str  # its Retry-After, as it stands


def check_address(address: str) -> SplitResult:
    """The parts of an address to which something may be posted, before any name is resolved.

    Raises:
        WebhookError: it is none.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise WebhookError("This is no address on the web.") from error
    plain = address.isascii() and address.isprintable() and " " not in address
    if parts.scheme not in ("http", "https") or not host or not plain or port == 0:
        raise WebhookError("Use an address that begins with https:// or http://.")
    if parts.username or parts.password:
        raise WebhookError("An address with a name and a password in it cannot be used.")
    return parts


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet, also one that is hidden in IPv6."""
    found: _Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post and read the beginning of the answer.

    Raises:
        OfflineError: the operator keeps Bookwheel off the internet.
        WebhookError: the address may not be used, cannot be reached, or answers with no HTTP.
    """
    parts = check_address(address)
    host = (parts.hostname or "").rstrip(".")
    named = host in {name.casefold() for name in config().webhook_hosts}
    if config().offline and not named:
        raise OfflineError("Bookwheel is kept off the internet (BOOKWHEEL_OFFLINE).")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        connection.sock = _connected(host, port, named=named)
        if parts.scheme == "https":
            safe = ssl.create_default_context()
            connection.sock = safe.wrap_socket(connection.sock, server_hostname=host)
        connection.request("POST", target, body, {**headers, "Connection": "close"})
        answer = connection.getresponse()
        text = answer.read(MOST_READ).decode("utf-8", "replace")
        return Answer(answer.status, text, answer.headers.get("Retry-After", ""))
    except (OSError, http.client.HTTPException) as error:
        raise WebhookError(f"{host} cannot be reached: {error or type(error).__name__}") from error
    finally:
        connection.close()


def _connected(host: str, port: int, *, named: bool) -> socket.socket:
    """A socket to one of the addresses of a host, all of which were checked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WebhookError(f"There is no host {host}.") from error
    if not named and not all(is_public(str(each[4][0])) for each in found):
        raise WebhookError(
            f"{host} has a private address, to which nothing is sent. Whoever runs this Bookwheel "
            "can allow it (BOOKWHEEL_WEBHOOK_HOSTS)."
        )
    problem: OSError = OSError("it has no address")
    for family, kind, protocol, _name, address in found:
        made = socket.socket(family, kind, protocol)
        made.settimeout(TIMEOUT)
        try:
            made.connect(address)
        except OSError as error:
            made.close()
            problem = error
        else:
            return made
    raise problem
