"""Open the reading room to the one who reads alone on this machine."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from bookwheel.models import Reader

NAME = "reader"


def open_local_reader() -> Reader:
    """Give the local reader, made on the first visit, without a password to log in with."""
    reader, _made = Reader.objects.get_or_create(
        username=NAME, defaults={"password": make_password(None)}
    )
    return reader
