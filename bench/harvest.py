"""How fast a day's announcement is here: parsing, and from arrival to searchable and in the feeds.

    python bench/harvest.py parse DUMP
    python bench/harvest.py day FOLDER DUMP

FOLDER is a copy of a data folder: it is written to. A stand-in for arXiv on loopback serves a day
of 1,400 new papers, 1,000 cross-lists and 1,500 replacements made from records of DUMP. Time is
real, so requests keep three seconds apart, and the closest that the server saw are printed.
"""

from __future__ import annotations

import io
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import orjson

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

NEW, CROSS, REPLACED = 1400, 1000, 1500
DAY = "2026-06-02"
ARRIVED = "Mon, 1 Jun 2026 15:00:00 GMT"


def records(dump: Path, count: int) -> list[dict[str, object]]:
    """The last records of a dump, which are the newest."""
    from bookwheel.arxiv.lines import read

    with dump.open("rb") as file:
        lines = [item[1] for item in read(io.BufferedReader(file)) if isinstance(item, tuple)]
    return [orjson.loads(line) for line in lines[-count:]]


def parse(dump: Path) -> None:
    """Records of OAI-PMH a second, on one core."""
    from bookwheel.arxiv import oai
    from standin import StandIn

    found = [one | {"update_date": DAY} for one in records(dump, 1000)]
    stand_in = StandIn(found, time.time, time.sleep, page_size=1000)
    body = stand_in._oai({"verb": "ListRecords"}, "").body
    speeds = []
    for _ in range(7):
        start = time.process_time()
        page = oai.read(body)
        speeds.append(len(page.records) / (time.process_time() - start))
    print(f"{len(page.records)} records, {len(body):,} bytes: {sorted(speeds)[3]:,.0f} records/s")


def a_day(dump: Path) -> tuple[list[dict[str, object]], list[tuple[str, str]]]:
    """Records that changed, and what is announced of them."""
    told = records(dump, NEW + CROSS + REPLACED)
    changed, listed = [], []
    for number, one in enumerate(told):
        if number < NEW:
            one = one | {"id": f"2606.{90000 + number:05d}"}
            one["versions"] = [{"version": "v1", "created": ARRIVED}]
            listed.append((one["id"], "new"))
        elif number < NEW + CROSS:
            listed.append((one["id"], "cross"))
        else:
            version = {"version": f"v{len(one['versions']) + 1}", "created": ARRIVED}
            one = one | {"versions": [*one["versions"], version]}
            one["abstract"] += " Mended."
            listed.append((one["id"], "replace"))
        one["authors"] = one.get("authors") or ", ".join(
            f"{given} {family}" for family, given, *_ in one["authors_parsed"]
        )
        changed.append(one | {"update_date": DAY})
    return changed, listed


def day(folder: Path, dump: Path) -> None:
    """From the moment at which the day is there until it is searchable and in the feed."""
    from loopback_server import serving
    from standin import StandIn

    changed, listed = a_day(dump)
    stand_in = StandIn(changed, time.time, time.sleep, page_size=1000, listings={DAY: listed})
    with serving(stand_in, time.time) as server:
        os.environ |= {
            "BOOKWHEEL_DATA": str(folder),
            "BOOKWHEEL_ARXIV_SITE": server.address,
            "BOOKWHEEL_ARXIV_OAI": f"{server.address}/oai",
            "BOOKWHEEL_ARXIV_RSS": f"{server.address}/rss",
            "DJANGO_SETTINGS_MODULE": "bookwheel.django_settings",
        }
        import django

        django.setup()
        _measure(server.times, listed)


def _measure(times: list[float], listed: list[tuple[str, str]]) -> None:
    from datetime import date

    from bookwheel.actions import harvest
    from bookwheel.actions.follow_source import follow_source
    from bookwheel.actions.prepare_data_folder import prepare
    from bookwheel.queries.announced import contents
    from bookwheel.queries.engine import engine
    from bookwheel.queries.found import search

    prepare()
    follow_source("arxiv", categories=(), since=date(2026, 6, 1))
    engine()
    for name in ("listings", "records"):
        start = time.monotonic()
        job = harvest.JOBS[name]()
        assert job is not None
        job_seconds = time.monotonic() - start
        found = contents(engine(), date.fromisoformat(DAY))
        seconds = time.monotonic() - start
        print(
            f"{name}: {job.new:,} new, {job.changed:,} changed, {job_seconds:.1f} s; "
            f"{len(found.rows):,} in the day's feed after {seconds:.1f} s"
        )
    held = {one.paper.arxiv_id for one in search(listed[0][0])}
    assert held == {listed[0][0]}
    gaps = [after - before for before, after in zip(times, times[1:], strict=False)]
    print(f"{len(times)} requests, the closest two {min(gaps):.3f} s apart")
    print(datetime.now(UTC).date())


if __name__ == "__main__":
    if sys.argv[1:2] == ["parse"] and len(sys.argv) == 3:
        parse(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["day"] and len(sys.argv) == 4:
        day(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(__doc__)
