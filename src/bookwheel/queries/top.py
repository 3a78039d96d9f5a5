"""What readers of this site keep most, over a span of time.

A paper counts each reader once, however often they tagged it, and is shown only when as many
readers keep it as the setting `top_least` says, so that nobody's library shows through.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bookwheel.config import config

SPANS = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST = 200  # papers of the list

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
    # As databases write it: a raw query adapts no times.
    since = f"{timezone.now() - timedelta(days=SPANS[span]):%Y-%m-%d %H:%M:%S}"
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [since, since, least, MOST])
        return dict(cursor.fetchall())
