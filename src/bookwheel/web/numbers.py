"""Numbers of things in addresses: as long as databases hold, for Django's own has no end."""

from __future__ import annotations


class Number:
    """A path converter: a whole number of at most 18 digits."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """Read it."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """Write it."""
        return str(value)
