"""Whom the server can be reached by: loopback or others, and under which names.

Leaves out who the visitor is: that is decided in `middleware.py`.
"""

from __future__ import annotations

import ipaddress
import socket

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


def is_loopback(address: str) -> bool:
    """Tell whether an address or `localhost` can only be reached from this machine."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_hosts(host: str, hosts: tuple[str, ...]) -> list[str]:
    """List the names in a request's Host header that the site answers to.

    Bound to an outer address it also answers to that address, or to this machine's name when the
    address stands for all.
    """
    names = [*LOOPBACK_NAMES, *hosts]
    if is_loopback(host):
        return names
    if host in ("0.0.0.0", "::"):  # noqa: S104
        return [*names, socket.gethostname().lower()]
    return [*names, f"[{host}]" if ":" in host else host]
