"""A day's announcements from the stand-in's feeds, before and after the records."""

from __future__ import annotations

from datetime import date

import pytest

from arxivs import arxiv
from bookwheel.actions.follow_source import follow_source
from bookwheel.actions.harvest_listings import harvest_listings
from bookwheel.actions.harvest_records import harvest_records
from bookwheel.arxiv import rss
from bookwheel.arxiv.client import arxiv_client
from bookwheel.models import Announcement, EarlyAnnouncement, Paper
from dumps import record, versions

__all__ = ["arxiv"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]

DAY = "2026-05-28"  # a Thursday
NEW = record(1, id="2605.00001", categories="cs.LG", update_date=DAY)
NEW["versions"] = [{"version": "v1", "created": "Tue, 26 May 2026 20:00:00 GMT"}]
OLD = record(2, categories="cs.LG math.CO", update_date=DAY)
OLD["versions"] = versions("2 Jan 2025", "27 May 2026")
LISTED = {DAY: [("2605.00001", "new"), (OLD["id"], "replace")]}


def run(clock, what, categories=("cs.LG",)):
    source = follow_source("arxiv", categories=categories, since=date(2026, 5, 20))
    with arxiv_client(clock=clock) as client:
        return what(client, source)


def kinds():
    rows = Announcement.objects.order_by("paper__arxiv_id")
    return list(rows.values_list("paper__arxiv_id", "day", "kind"))


def test_announced_before_the_records_come(arxiv):
    _, _, clock = arxiv([NEW, OLD], listings=dict(LISTED))
    found = run(clock, harvest_listings)
    assert (found.day, found.new, found.announcements) == (date(2026, 5, 28), 1, 1)
    paper = Paper.objects.get()
    assert (paper.arxiv_id, paper.announced) == ("2605.00001", date(2026, 5, 28))
    assert paper.abstract == "We measure paper 1. It glows."
    assert paper.license == "http://creativecommons.org/licenses/by/4.0/"
    assert EarlyAnnouncement.objects.get().arxiv_id == OLD["id"]
    run(clock, harvest_records)
    assert kinds() == [
        (OLD["id"], date(2026, 5, 28), "replace"),
        ("2605.00001", date(2026, 5, 28), "new"),
    ]
    assert not EarlyAnnouncement.objects.exists()
    paper.refresh_from_db()
    assert paper.first_date == date(2026, 5, 26)  # what only the record knows
    assert paper.versions == [[1, "2026-05-26T20:00:00Z"]]
    assert paper.announced == date(2026, 5, 28)


def test_announced_after_the_records_came(arxiv):
    _, _, clock = arxiv([NEW, OLD], listings=dict(LISTED))
    run(clock, harvest_records)
    before = Paper.objects.get(arxiv_id="2605.00001").versions
    found = run(clock, harvest_listings)
    assert (found.new, found.announcements) == (0, 2)
    assert Paper.objects.get(arxiv_id="2605.00001").versions == before
    assert Paper.objects.get(arxiv_id=OLD["id"]).announced is None  # it was not new


def test_a_feed_that_did_not_change_is_not_read_again(arxiv):
    stand_in, server, clock = arxiv([NEW, OLD], listings=dict(LISTED))
    run(clock, harvest_listings)
    found = run(clock, harvest_listings)
    assert (found.unchanged, found.day, found.announcements) == (1, date(2026, 5, 28), 0)
    stand_in.listings["2026-05-29"] = [(OLD["id"], "replace-cross")]
    assert run(clock, harvest_listings).day == date(2026, 5, 29)
    assert len(server.requests) == 3


def test_a_full_feed_is_asked_for_in_parts(arxiv, monkeypatch):
    monkeypatch.setattr(rss, "MOST", 2)
    _, server, clock = arxiv([NEW, OLD], listings=dict(LISTED))
    found = run(clock, harvest_listings, categories=("cs.LG", "math.CO"))
    assert found.announcements == 1
    asked = [request.path for request in server.requests]
    assert asked == ["/rss/cs.LG+math.CO", "/rss/cs.LG", "/rss/math.CO"]


def test_all_of_arxiv_is_few_feeds(arxiv):
    _, server, clock = arxiv([NEW, OLD], listings=dict(LISTED))
    assert run(clock, harvest_listings, categories=()).announcements == 1
    assert len(server.requests) == len(rss.ALL)


def test_faults(arxiv):
    faults = ["429 with time", "503", "html", "truncated", "reset", "slow"]
    stand_in, server, clock = arxiv(
        [NEW, OLD], listings=dict(LISTED), faults=faults, rate=0.8, seed=1
    )
    assert run(clock, harvest_listings, categories=()).new == 1
    assert stand_in.happened
    assert min(server.gaps()) >= 3 - 1e-6
