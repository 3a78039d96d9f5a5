"""Makes the readers of a load, in a process that sees the copied installation.

    python -m bookwheel.bench.load_inside 10000 50 3

Prints their sessions as JSON. Leaves out what they do (`visits.py`).
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import orjson


def main(*numbers: str) -> None:
    """Make READERS, of whom ACTIVE are logged in, with TAGS each."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
    django.setup()
    from bookwheel.bench import made_readers
    from bookwheel.queries.engine import engine

    readers, active, tags = map(int, numbers)
    made_readers.make(engine(), readers, tags)
    sys.stdout.buffer.write(orjson.dumps(sessions(active)))


def sessions(active: int) -> list[str]:
    """The cookies of some of the readers, logged in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from bookwheel.bench.made_readers import made

    store = import_module(settings.SESSION_ENGINE).SessionStore
    cookies = list[str]()
    for reader in made()[:active]:
        session = store()
        session[SESSION_KEY] = str(reader.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = reader.get_session_auth_hash()
        session.create()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return cookies


if __name__ == "__main__":
    main(*sys.argv[1:])
