"""Which database holds the truth, as Django wants it said: a SQLite file, or PostgreSQL by address.

Leaves out: moving from one to the other (`actions/move_database.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bookwheel.config import Config
from bookwheel.errors import SettingError


def default(config: Config) -> dict[str, Any]:
    """The entry of `DATABASES` for these settings."""
    return postgresql(config.database_url) if config.database_url else sqlite(config.database)


def sqlite(file: Path) -> dict[str, Any]:
    """A file. Transactions take the one write lock before they read, so that they take turns."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,  # the threads of a server are few and stay
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-16000; PRAGMA mmap_size=2147418112;"
            ),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """A PostgreSQL database by its address.

    Raises:
        SettingError: the driver is not installed.
    """
    try:
        import dj_database_url
        import psycopg  # noqa: F401  Django's own message would not say what to do
    except ImportError as error:
        raise SettingError(
            "BOOKWHEEL_DATABASE_URL needs the extra [postgres]: pip install 'bookwheel[postgres]'."
        ) from error
    entry = dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)
    entry["OPTIONS"] = {"connect_timeout": 10, **entry.get("OPTIONS", {})}
    return dict(entry)
