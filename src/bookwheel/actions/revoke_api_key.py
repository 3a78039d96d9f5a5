"""Take a key back: it is of no use from now on."""

from __future__ import annotations

from bookwheel.models import ApiKey


def revoke_api_key(key: ApiKey) -> None:
    """Forget the key. There is no undo: its secret is nowhere."""
    key.delete()
