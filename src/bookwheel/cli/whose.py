"""Whose library a command is about."""

from __future__ import annotations

from bookwheel.actions.open_local_reader import open_local_reader
from bookwheel.errors import NotFoundError
from bookwheel.models import Reader
from bookwheel.queries.readers import accounts_exist


def reader_named(name: str) -> Reader:
    """An account, or the reader alone here. Raises NotFoundError."""
    if not name and not accounts_exist():
        return open_local_reader()
    found = Reader.objects.filter(username=name).first()
    if found is None:
        raise NotFoundError(
            f"There is no account “{name}”. Name one with --reader; `bookwheel user list` "
            "shows all."
        )
    return found
