"""Count how often something was asked for, over all processes."""

from __future__ import annotations

import time

from django.core.cache import cache


def count_request(what: str, seconds: int) -> int:
    """How often it was counted in this stretch of the clock, this time included."""
    key = f"rate:{what}:{int(time.time()) // seconds}"
    if cache.add(key, 1, 2 * seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it went away in between
        return 1
