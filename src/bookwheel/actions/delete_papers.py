"""Note that arXiv took papers away: they leave every list, and what readers did with them stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction
from django.db.models import Max

from bookwheel.models import Paper


def delete_papers(days: Mapping[str, date]) -> int:
    """Note it, by identifier the day on which it happened. Returns how many papers were here.

    A record that arXiv changed later than that is believed more, so it is safe to say it twice.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # SQLite's transactions begin with the lock
            cursor.execute("LOCK TABLE bookwheel_paper IN SHARE ROW EXCLUSIVE MODE")
        last: int = Paper.objects.aggregate(last=Max("changed"))["last"] or 0
        count = 0
        for paper in Paper.objects.filter(arxiv_id__in=days, deleted=None).order_by("pk"):
            day = days[paper.arxiv_id]
            if paper.updated is None or paper.updated <= day:
                count += 1
                Paper.objects.filter(pk=paper.pk).update(deleted=day, changed=last + count)
        return count
