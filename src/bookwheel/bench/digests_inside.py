"""One of several processes that send digests, or what comes before that, or the mail server.

    python -m bookwheel.bench.digests_inside send 1400

Works on the data folder that the environment names, and prints what it did as JSON.
Leaves out the clock (`digests.py`).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from typing import Any

import orjson

LINE = 0.03  # a chance that more than twenty papers of a day reach


def main(step: str, *numbers: str) -> None:
    """`plan`, `send PAPERS` or `serve PORT`."""
    done: Mapping[str, float]
    if step == "serve":
        done = serve(int(numbers[0]))
    else:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.django_settings")
        django.setup()
        done = send(int(numbers[0])) if step == "send" else plan()
    sys.stdout.buffer.write(orjson.dumps(done))


def plan() -> dict[str, int]:
    """Let every reader that was made have a digest that is due now."""
    from django.utils import timezone

    from bookwheel.bench import made_readers
    from bookwheel.models import Digest, DigestPlan, MailAddress, Reader

    now, readers = timezone.now(), made_readers.made()
    before = _newest(0) - timedelta(days=1)
    Reader.objects.filter(pk__in=[one.pk for one in readers]).update(line=LINE)
    MailAddress.objects.bulk_create(
        MailAddress(reader=one, address=f"{one.username}@example.org", confirmed=now)
        for one in readers
    )
    DigestPlan.objects.bulk_create(
        DigestPlan(reader=one, on=True, covered=before) for one in readers
    )
    Digest.objects.bulk_create(
        Digest(reader=one, slot=f"digest {now.date()}", again=now) for one in readers
    )
    return {"readers": len(readers)}


def send(papers: int) -> dict[str, int]:
    """Send what is due, beside other processes that do the same."""
    from bookwheel.actions.send_digests import send_digests

    _newest(papers)
    sent = send_digests()
    return {"sent": sent.states["sent"]}


def _newest(papers: int) -> date:
    """Fill up the fullest day, and put what came later long before it: it is the newest one."""
    from bookwheel.bench.filled_day import fill
    from bookwheel.index.dates import day_number
    from bookwheel.queries.engine import engine

    opened = engine()
    day, _count = fill(opened, papers)
    columns = opened.columns
    days = columns.days.copy()
    days[days > day_number(day)] = days.min()
    opened.columns = replace(columns, days=days)
    return day


class _Counting:
    """Handler of aiosmtpd: takes everything, and opens it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.bytes = 0
        self.papers = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail."""
        content = envelope.content
        self.bytes += len(content)
        self.names.append(str(message_from_bytes(content)["Message-ID"]))
        self.papers += content.count(b"\r\n  https://arxiv.org/abs/")
        return "250 OK"


def serve(port: int) -> dict[str, float]:
    """Take mail until asked to end, then tell what came."""
    from aiosmtpd.controller import Controller

    counting, end = _Counting(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    server = Controller(counting, hostname="127.0.0.1", port=port)
    server.start()
    end.wait()
    server.stop()
    count = max(len(counting.names), 1)
    return {
        "mails": len(counting.names),
        "different mails": len(set(counting.names)),
        "papers a digest": counting.papers / count,
        "kB a mail": counting.bytes / count / 1000,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
