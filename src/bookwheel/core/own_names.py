"""Names of readers' own texts where else arXiv identifiers stand: "own:12"."""

from __future__ import annotations

import re

_NAME = re.compile(r"own:([0-9]{1,18})", re.ASCII)


def own_name(number: int) -> str:
    """The name of an own text by its number."""
    return f"own:{number}"


def own_number(name: str) -> int | None:
    """The number that a name has; None for a paper of arXiv."""
    found = _NAME.fullmatch(name)
    return int(found[1]) if found else None
