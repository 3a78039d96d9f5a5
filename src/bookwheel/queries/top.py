"""What readers of this site keep most, over a span of time.

A paper counts each reader once, however often they tagged it, and is shown only when as many
readers keep it as the setting `top_least` says, so that nobody's library shows through.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bookwheel.config import config

SPANS = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST = 200  # papers of the list
SLOW = 0.2  # seconds; where counting takes longer, because readers are many, it is not done ...
KEPT = 600.0  # ... again for so long

_slow: dict[tuple[str, str, int], tuple[float, dict[int, int]]] = {}

_COUNT = """
    SELECT paper_id, COUNT(DISTINCT reader_id) AS readers FROM (
        SELECT paper_id, reader_id FROM bookwheel_mark WHERE kind = 'like' AND created >= %s
        UNION ALL
        SELECT tagging.paper_id, tag.reader_id
        FROM bookwheel_tagging AS tagging JOIN bookwheel_tag AS tag ON tag.id = tagging.tag_id
        WHERE tag.deleted IS NULL AND tagging.created >= %s
    ) AS kept
    GROUP BY paper_id HAVING COUNT(DISTINCT reader_id) >= %s
    ORDER BY readers DESC, paper_id DESC LIMIT %s
"""


def most_kept(span: str) -> dict[int, int]:
    """Readers by the number of a paper, most kept first; nothing where the setting forbids it."""
    least = config().top_least
    if not least:
        return {}
    key = (str(config().database), span, least)
    started = time.monotonic()
    until, known = _slow.get(key, (0.0, {}))
    if started < until:
        return known
    found = _counted(span, least)
    if time.monotonic() - started > SLOW:
        _slow[key] = (started + KEPT, found)
    return found


def _counted(span: str, least: int) -> dict[int, int]:
    # As databases write it: a raw query adapts no times.
    since = f"{timezone.now() - timedelta(days=SPANS[span]):%Y-%m-%d %H:%M:%S}"
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [since, since, least, MOST])
        return dict(cursor.fetchall())
