"""Harvesting records from the stand-in, calm and with every fault."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from arxivs import arxiv
from bookwheel.actions.follow_source import follow_source
from bookwheel.actions.harvest_records import harvest_records
from bookwheel.arxiv.client import arxiv_client
from bookwheel.errors import NotNowError, SourceError
from bookwheel.models import Job, Paper, Revision, Stretch
from dumps import record, versions
from standin import FAULTS

__all__ = ["arxiv"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]

FIRST = date(2026, 5, 4)


def many(count: int, **fields: object) -> list[dict[str, object]]:
    """Records changed on several days, a few a day."""
    return [
        record(number, update_date=str(FIRST + timedelta(days=number * 20 // count)), **fields)
        for number in range(1, count + 1)
    ]


def harvest(clock, *, source=None, **options):
    source = source or follow_source("arxiv", categories=(), since=FIRST)
    with arxiv_client(clock=clock) as client:
        return harvest_records(client, source, **options)


def state() -> list[tuple[object, ...]]:
    names = ("arxiv_id", "title", "abstract", "authors", "categories", "versions", "deleted")
    return list(Paper.objects.order_by("arxiv_id").values_list(*names, "updated", "first_date"))


def test_a_first_harvest_and_the_next(arxiv):
    records = many(250)
    _, server, clock = arxiv(records)
    found = harvest(clock)
    assert (found.new, found.pages, found.total) == (250, 3, 250)
    assert Stretch.objects.get().complete == FIRST + timedelta(days=20)
    assert server.requests[0].query["from"] == "2026-05-04"
    records[0] |= {"title": "Another title", "update_date": "2026-05-25"}
    again = harvest(clock)
    assert (again.new, again.changed) == (0, 1)
    assert server.requests[3].query["from"] == "2026-05-23"  # a day is read twice
    assert Paper.objects.get(arxiv_id="2501.00001").title == "Another title"
    assert min(server.gaps()) >= 3


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_changes_nothing_in_the_end(arxiv, fault):
    _, _, calm = arxiv(many(120), page_size=20)
    harvest(calm)
    expected = state()
    Paper.objects.all().delete()
    Stretch.objects.all().delete()
    stand_in, server, clock = arxiv(many(120), page_size=20, faults=[fault], rate=0.5, seed=3)
    for _ in range(50):
        try:
            harvest(clock)
            break
        except NotNowError as error:
            clock.sleep(error.until - clock.now())
        except SourceError:
            clock.sleep(600)
    assert state() == expected
    assert fault in stand_in.happened
    assert min(server.gaps()) >= 3 - 1e-6


def test_chosen_fields(arxiv):
    records = many(10) + [record(20, categories="math.CO", update_date="2026-05-05")]
    _, server, clock = arxiv(records)
    source = follow_source("arxiv", categories=["math.CO"], since=FIRST)
    assert harvest(clock, source=source).new == 1
    assert server.requests[0].query["set"] == "math:math:CO"


def test_deleted_papers_and_their_return(arxiv):
    records = many(3)
    _, _, clock = arxiv(records)
    harvest(clock)
    records[1] |= {"deleted": True, "update_date": "2026-05-26"}
    assert harvest(clock).deleted == 1
    assert Paper.objects.get(arxiv_id="2501.00002").deleted == date(2026, 5, 26)
    records[1] |= {"deleted": False, "update_date": "2026-05-27"}
    harvest(clock)
    assert Paper.objects.get(arxiv_id="2501.00002").deleted is None


def test_an_older_version_is_kept(arxiv):
    records = many(1)
    _, _, clock = arxiv(records)
    harvest(clock)
    records[0] |= {
        "title": "A better title",
        "versions": versions("2 Jan 2025", "25 May 2026"),
        "update_date": "2026-05-26",
    }
    harvest(clock)
    paper = Paper.objects.get()
    assert (paper.title, paper.first_date, paper.last_date) == (
        "A better title",
        date(2025, 1, 2),
        date(2026, 5, 25),
    )
    kept = Revision.objects.get()
    assert (kept.number, kept.title) == (1, "On the Radiance of Paper 1")


def test_bad_records_are_reported(arxiv):
    records = many(3)
    records[1]["categories"] = "nonsense"
    _, _, clock = arxiv(records)
    found = harvest(clock)
    assert (found.new, found.bad) == (2, 1)
    assert b"no category" in found.report.read_bytes()


def test_stopping_and_going_on(arxiv):
    _, server, clock = arxiv(many(100), page_size=20)
    found = harvest(clock, stop=lambda: len(server.requests) >= 2)
    assert found.stopped
    assert Paper.objects.count() == 40
    assert harvest(clock).new == 60
    assert len(server.requests) == 5
    assert not Job.objects.exists()


def test_a_server_that_is_always_busy_is_left_alone(arxiv):
    _, server, clock = arxiv(many(5), faults=["429"], rate=1.1, calm_after=10**6)
    with pytest.raises((NotNowError, SourceError)):
        harvest(clock)
    assert len(server.requests) <= 8
    assert Paper.objects.count() == 0
