"""What texts of settings mean: each function gives a value or raises ValueError saying why not.

Leaves out: which settings there are (`config.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit


def boolean(text: str) -> bool:
    """True or false, in several words."""
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("use true or false")


def count(text: str) -> int:
    """A whole number, not negative."""
    number = int(text)
    if number < 0:
        raise ValueError("must not be negative")
    return number


def gigabytes(text: str) -> float:
    """A number, not negative."""
    number = float(text)
    if not 0 <= number < float("inf"):
        raise ValueError("must be a number, not negative")
    return number


def several(text: str) -> int:
    """0, or a number above 1."""
    number = count(text)
    if number == 1:
        raise ValueError("one reader's papers are nobody else's business: use 2 or more, or 0")
    return number


def port(text: str) -> int:
    """A port; 0 lets the system choose."""
    number = count(text)
    if number > 65535:
        raise ValueError("must not be above 65535")
    return number


def hosts(text: str) -> tuple[str, ...]:
    """Names of hosts."""
    names = tuple(text.replace(",", " ").split())
    if "*" in names:  # then a stranger could choose the address in a mail about a password
        raise ValueError("name the hosts")
    return names


def path(text: str) -> Path:
    """A folder or file, absolute."""
    if not text:
        raise ValueError("name a folder")
    return Path(text).expanduser().absolute()


def file(text: str) -> Path | None:
    """A file, or none."""
    return path(text) if text else None


def names(text: str) -> tuple[str, ...]:
    """Names, separated by commas."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


def address(text: str) -> str:
    """Address of a server, without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("use an address such as https://arxiv.org")
    return text.rstrip("/")


def database(text: str) -> str:
    """The address of a PostgreSQL database, or nothing."""
    if text and urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise ValueError("use an address such as postgresql://user:password@host/bookwheel")
    return text


def line(text: str) -> str:
    """Plain letters that can stand in a header."""
    if not text.isascii() or not text.isprintable():  # it stands in a header
        raise ValueError("use plain letters on one line")
    return text.strip()


def choice(*allowed: str) -> Callable[[str], str]:
    """One of some words."""

    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"use one of: {', '.join(allowed)}")
        return text

    return parse


def site(text: str) -> str:
    """An HTTP address, or none."""
    return address(text) if text else ""
