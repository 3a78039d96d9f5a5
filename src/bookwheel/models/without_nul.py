"""Let PostgreSQL take texts with NUL characters, which it refuses: without them.

SQLite keeps them. They are of no use to a reader, and one must not stop an import or be an error.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# An escape of NUL in JSON, and not the end of an escaped backslash before "u0000".
_ESCAPED = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


def teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Do so on a new connection. For the signal `connection_created`."""
    if connection.vendor == "postgresql":
        _register(connection.connection)


def _register(connection: Any) -> None:
    from psycopg.types.json import Jsonb, JsonbDumper
    from psycopg.types.string import StrDumperUnknown

    class Text(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))

    class Json(JsonbDumper):
        def dump(self, obj: Any) -> bytes | None:
            dumped = super().dump(obj)
            return None if dumped is None else _ESCAPED.sub(rb"\1", bytes(dumped))

    connection.adapters.register_dumper(str, Text)
    connection.adapters.register_dumper(Jsonb, Json)
