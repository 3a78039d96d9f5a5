"""Reads the files that readers bring in threads of their own, so that pages do not wait.

Leaves out: the reading itself (`actions/add_own_text.py`).
"""

from __future__ import annotations

import threading

from django.db import connection
from django.utils import translation

from bookwheel.actions.add_own_text import read_own_text
from bookwheel.models import OwnText

MOST = 2  # files that a process reads at the same time; others wait
_room = threading.BoundedSemaphore(MOST)


def start(own: OwnText, data: bytes) -> None:
    """Begin to read a file, and return at once."""
    language = translation.get_language() or "en"
    threading.Thread(
        target=_read, args=(own, data, language), name=f"own-{own.pk}", daemon=True
    ).start()


def _read(own: OwnText, data: bytes, language: str) -> None:
    try:
        with _room, translation.override(language):
            read_own_text(own, data)
    finally:
        connection.close()
