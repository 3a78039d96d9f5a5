"""What programs that watch a site want to know of it: whether it can serve, and its figures.

No figure says anything of one reader. Leaves out: requests (`web/measures.py`) and how it is told.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import Count, Sum

from bookwheel.config import config
from bookwheel.errors import BookwheelError
from bookwheel.models import Delivery, Digest, Job, Paper, Reader, TokenUse
from bookwheel.queries.engine import engine
from bookwheel.queries.health import BEHIND, health

ROOM = 50 * 1024 * 1024  # bytes without which a site cannot write


def failing() -> list[str]:
    """Which of the things that a page needs are not there; empty when the site can serve."""
    checks: dict[str, Callable[[], bool]] = {
        "database": _database,
        "index": _index,
        "disk": _disk,
    }
    return [name for name, works in checks.items() if not works()]


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _index() -> bool:
    try:
        return engine().rows >= 0
    except BookwheelError:
        return False


def _disk() -> bool:
    folder = config().data
    try:
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= ROOM
    except OSError:
        return False


@dataclass(frozen=True)
class Figure:
    """One number of the site; `labels` tell it from others of its name."""

    name: str
    about: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def figures(now: datetime) -> list[Figure]:
    """The figures of the site now. Reads no paper, and no reader's things."""
    return [*_papers(), *_readers(now), *_harvest(now), *_jobs(now), *_delivery(now), *_space()]


def _papers() -> list[Figure]:
    found = list[Figure]()
    last = Paper.objects.order_by("-changed").values_list("changed", flat=True).first() or 0
    try:
        opened = engine()
    except BookwheelError:
        return found
    found.append(Figure("papers", "Papers that can be found.", len(opened.columns.newest)))
    waiting = max(last - opened.manifest.changed, 0)
    found.append(Figure("index_waiting", "Changes that are not in the index yet.", waiting))
    generation = opened.manifest.generation
    return [*found, Figure("index_generation", "How often the index was renewed.", generation)]


def _readers(now: datetime) -> list[Figure]:
    day = now.date() - timedelta(days=1)
    used = TokenUse.objects.filter(day__gte=day).aggregate(
        prompt=Sum("prompt"), completion=Sum("completion")
    )
    return [
        Figure("readers", "Accounts.", Reader.objects.count()),
        *(
            Figure(
                "model_tokens",
                "Tokens of language models since yesterday.",
                used[kind] or 0,
                (("kind", kind),),
            )
            for kind in ("prompt", "completion")
        ),
    ]


def _harvest(now: datetime) -> list[Figure]:
    behind = health(now).state == BEHIND
    return [Figure("harvest_behind", "1 when an announcement is missing.", float(behind))]


def _jobs(now: datetime) -> list[Figure]:
    since = now - timedelta(days=1)
    rows = Job.objects.filter(started__gte=since).values("name", "outcome")
    return [
        Figure(
            "jobs",
            "Runs of jobs in the last 24 hours.",
            row["runs"],
            (("name", row["name"]), ("outcome", row["outcome"])),
        )
        for row in rows.annotate(runs=Count("pk")).order_by("name", "outcome")
    ]


def _delivery(now: datetime) -> list[Figure]:
    since = now - timedelta(days=1)
    digests = Digest.objects.filter(created__gte=since).values("state")
    hooks = Delivery.objects.filter(created__gte=since).values("state")
    return [
        Figure(name, about, row["count"], (("state", row["state"]),))
        for name, about, rows in (
            ("digests", "Digests of the last 24 hours.", digests),
            ("webhook_deliveries", "Messages to webhooks of the last 24 hours.", hooks),
        )
        for row in rows.annotate(count=Count("pk")).order_by("state")
    ]


def _space() -> list[Figure]:
    free = shutil.disk_usage(config().data).free
    return [Figure("disk_free_bytes", "Bytes free where the data folder is.", free)]
