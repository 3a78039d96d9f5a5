"""A file of announcements: JSON of days with the identifiers that were in their listings.

    {"2026-05-12": ["2605.08421", …],
     "2026-05-13": {"new": [...], "cross": [...], "replace": [...], "replace-cross": [...]}}

A plain list means new papers. Leaves out: arXiv's own feeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import orjson

from bookwheel.errors import InputError

KINDS = ("new", "cross", "replace", "replace-cross")  # as arXiv names them, the strongest first


class Announced(NamedTuple):
    """One paper in one listing."""

    arxiv_id: str
    day: date
    kind: str


def read(raw: bytes) -> list[Announced]:
    """All that a file says, in its order.

    Raises:
        InputError: it is not such a file; the message says what is wrong.
    """
    try:
        told = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(told, dict):
        raise InputError("not a JSON object: day to a list of identifiers")
    return [one for day, listed in told.items() for one in _of_day(day, listed)]


def _of_day(text: str, listed: Any) -> Iterator[Announced]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text}” is not a day") from None
    groups = listed if isinstance(listed, dict) else {"new": listed}
    for kind, identifiers in groups.items():
        if kind not in KINDS:
            raise InputError(f"“{kind}” is none of: {', '.join(KINDS)}")
        if not isinstance(identifiers, list) or not all(isinstance(i, str) for i in identifiers):
            raise InputError(f"what stands under {text} is not a list of identifiers")
        yield from (Announced(identifier, day, kind) for identifier in identifiers)
