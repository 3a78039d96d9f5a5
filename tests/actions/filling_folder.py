"""Run by `test_copy_database.py` as a process of its own: fill a data folder, or copy and stop.

`filling_folder.py fill` gives alice something of most kinds. `filling_folder.py stop URL` copies
the database there and is interrupted at her marks.
"""

from __future__ import annotations

import sys

import django

django.setup()

from bookwheel import databases  # noqa: E402
from bookwheel.actions.copy_database import copy_database  # noqa: E402
from bookwheel.actions.prepare_data_folder import prepare  # noqa: E402
from bookwheel.models import Reader  # noqa: E402
from furnished import furnish  # noqa: E402
from library import records, store  # noqa: E402


def fill() -> None:
    """Papers, an account, and what it has."""
    prepare()
    furnish(Reader.objects.create_user("alice", "a@example.org", "-"), store(records()))


def stop(url: str) -> None:
    """Copy, until alice's marks."""

    def tell(table: str, _done: int, _total: int) -> None:
        if table == "bookwheel_mark":
            raise KeyboardInterrupt

    copy_database(databases.postgresql(url), tell)


if __name__ == "__main__":
    fill() if sys.argv[1] == "fill" else stop(sys.argv[2])
