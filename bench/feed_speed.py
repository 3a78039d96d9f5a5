"""How long it takes to open a day of the feed.

    python bench/feed_speed.py --data FOLDER [--tags 20] [--papers 1400] [--json]

A reader with 20 tags of ten papers each opens the fullest day, filled up with papers of the days
before; the page is made in this process, as the server makes it, from the request to the last byte.
Four times are told: when nothing of the reader is known yet, so that all tags are fitted; when
another process has fitted them; when they are known and the day is new; and when the page is opened
again. The reader is made in a
transaction that is taken back, so the folder stays as it is; but run it on a copy of yours.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does

import numpy as np  # noqa: E402

import bookwheel  # noqa: E402

EXAMPLES = 10  # papers under each tag: one drawn by chance, and those that are like it
RUNS = 15
PASSWORD = "correct horse battery staple"  # noqa: S105


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data")
    parser.add_argument("--tags", type=int, default=20)
    parser.add_argument("--papers", type=int, default=1400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    bookwheel.open(options.data)
    from django.db import transaction

    with transaction.atomic():
        result = measure(options.tags, options.papers)
        transaction.set_rollback(True)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:<44}{value:>12}")


def measure(tags: int, papers: int) -> dict[str, object]:
    """Milliseconds, median and 95th percentile of the page."""
    from django.test import Client

    from bookwheel.bench.filled_day import fill
    from bookwheel.models import Reader
    from bookwheel.queries import evidence, judged, tastes
    from bookwheel.queries.engine import engine

    day, count = fill(engine(), papers)
    reader = Reader.objects.create_user("bench-feed", password=PASSWORD)
    tag(reader, tags)
    client = Client(SERVER_NAME="localhost", headers={"accept": "text/html"})
    client.post("/account/login", {"login": "bench-feed", "password": PASSWORD})

    def page() -> None:
        answer = client.get(f"/day/{day}")
        assert answer.status_code == 200 and b'class="card"' in answer.content, answer.headers

    def new_day() -> None:
        judged._scores.clear()
        judged._panels.clear()

    def new_worker() -> None:
        new_day()
        tastes._tastes.clear()

    def new_reader() -> None:
        new_worker()
        engine()._tastes.clear()
        evidence._by_words.clear()
        tastes.store().clear()

    page()  # opens the index and loads the templates
    return {
        "day": day.isoformat(),
        "papers": count,
        "tags": tags,
        "all tags fitted anew, p50 and p95 ms": timed(page, new_reader),
        "tags fitted by another worker": timed(page, new_worker),
        "a day opened for the first time": timed(page, new_day),
        "the same day again": timed(page, lambda: None),
    }


def tag(reader: object, count: int) -> None:
    """Give the reader tags, each of papers that are like each other."""
    from bookwheel.index.query import Query
    from bookwheel.models import Tag, Tagging
    from bookwheel.queries.engine import engine

    opened = engine()
    rng = np.random.default_rng(4)
    for number in range(count):
        seed = int(rng.choice(opened.columns.papers[opened.columns.live]))
        near = opened.search(Query(taste=opened.taste([seed]), k=EXAMPLES)).papers.tolist()
        made = Tag.objects.create(reader=reader, name=f"interest {number}", colour=number % 8)
        Tagging.objects.bulk_create(Tagging(tag=made, paper_id=paper) for paper in near)


def timed(work: Callable[[], None], before: Callable[[], None]) -> str:
    """Median and 95th percentile of some runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        before()
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(times, [50, 95])
    return f"{p50:.1f} {p95:.1f}"


if __name__ == "__main__":
    main()
