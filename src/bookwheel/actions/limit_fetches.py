"""Let one reader make Bookwheel ask arXiv only so often: all share one slow queue."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.translation import gettext as _

from bookwheel.errors import ThrottledError
from bookwheel.models import Reader

MOST, SPAN = 30, 600  # requests in so many seconds


def limit_fetches(reader: Reader) -> None:
    """Count one. Raises ThrottledError when there were too many."""
    key = f"fetches-{reader.pk}"
    if cache.add(key, 1, SPAN):
        return
    if cache.incr(key) > MOST:
        raise ThrottledError(
            _("That were many requests to arXiv in a short time. Try again in ten minutes."), SPAN
        )
