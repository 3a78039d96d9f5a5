"""Let the index of this machine follow a database that others write to.

With SQLite whoever writes papers has the index beside them and extends it. With PostgreSQL each
machine has an index of its own: a file of its own for speed, made from the same rows.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Max

from bookwheel.actions.build_index import build_index
from bookwheel.config import config
from bookwheel.errors import IndexMissingError
from bookwheel.index import manifest
from bookwheel.models import Paper


def follow_index() -> int:
    """Index what other machines wrote; returns how many papers. Cheap when there is nothing.

    Raises:
        DataFolderError: the index cannot be written; the one in use is untouched.
        IndexDamagedError: it cannot be extended: `bookwheel index --rebuild` makes it anew.
    """
    if connection.vendor != "postgresql":
        return 0
    last: int = Paper.objects.aggregate(last=Max("changed"))["last"] or 0
    return build_index() if last > _indexed() else 0


def _indexed() -> int:
    try:
        return manifest.load(config().index).changed
    except IndexMissingError:
        return 0
