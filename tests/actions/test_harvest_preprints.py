"""bioRxiv and medRxiv from their stand-in: lists, versions, faults, single preprints, the pages."""

from __future__ import annotations

from datetime import date

import pytest

from bookwheel.actions.fetch_preprint import fetch_preprint
from bookwheel.actions.harvest_preprints import PreprintHarvest
from bookwheel.biorxiv.servers import INTERVAL, biorxiv_client
from bookwheel.core.categories import name
from bookwheel.errors import NotFoundError, SourceError
from bookwheel.models import Announcement, Paper, Revision, Source, Stretch
from bookwheel.queries.found import search
from rxivs import FAULTS, preprint, rxiv

__all__ = ["rxiv"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]

TODAY = date(2026, 5, 25)
FLY = "10.1101/2026.05.01.000001"


def source(server: str = "biorxiv", since: str = "2026-05-15", categories: str = "") -> Source:
    return Source.objects.create(
        name=server, since=date.fromisoformat(since), categories=categories
    )


def harvest(clock, followed, **options):
    with biorxiv_client(clock=clock) as client:
        return PreprintHarvest(client, followed, TODAY, **options).run()


def test_everything_comes_with_its_versions(rxiv):
    records = [preprint(n, date=f"2026-05-{15 + n % 10}") for n in range(1, 75)]
    records += [
        preprint(1, version=2, date="2026-05-24", title="All neurons", published="10.1038/x.1"),
        preprint(99, server="medRxiv"),
    ]
    _, server, clock = rxiv(records)
    result = harvest(clock, source())
    assert (result.new, result.changed, result.bad) == (74, 1, 0)
    paper = Paper.objects.get(arxiv_id=FLY)
    assert (paper.title, paper.doi, paper.categories) == (
        "All neurons",
        "10.1038/x.1",
        "biorxiv.neuroscience",
    )
    assert paper.versions == [[1, "2026-05-16T00:00:00Z"], [2, "2026-05-24T00:00:00Z"]]
    assert (paper.first_date, paper.last_date) == (date(2026, 5, 16), date(2026, 5, 24))
    assert paper.announced == date(2026, 5, 16)
    assert paper.license == "http://creativecommons.org/licenses/by/4.0/"
    assert paper.authors[1:] == [["Meitner", "L. A.", ""], ["The Fly Consortium", "", ""]]
    assert paper.abstract == "We count the neurons of fly 1 and find p<0.05 for \\$20."
    assert Revision.objects.get(paper=paper).title == "Neurons of fly 1"
    told = Announcement.objects.filter(paper=paper).order_by("day")
    assert list(told.values_list("kind", flat=True)) == ["new", "replace"]
    assert Stretch.objects.get(source="biorxiv").complete == TODAY
    assert min(server.gaps()) >= INTERVAL


def test_a_later_version_brings_the_earlier_ones(rxiv):
    records = [
        preprint(1, date="2025-01-03"),
        preprint(1, version=2, date="2025-06-03", title="Between"),
        preprint(1, version=3),
    ]
    _, _, clock = rxiv(records)
    harvest(clock, source())
    paper = Paper.objects.get()
    assert [number for number, _ in paper.versions] == [1, 2, 3]
    assert (paper.first_date, paper.announced) == (date(2025, 1, 3), date(2025, 1, 3))
    assert set(Revision.objects.values_list("number", "title")) == {
        (1, "Neurons of fly 1"),
        (2, "Between"),
    }


def test_a_second_time_changes_nothing(rxiv):
    _, server, clock = rxiv([preprint(n) for n in range(1, 40)])
    followed = source()
    harvest(clock, followed)
    before = list(Paper.objects.order_by("pk").values())
    seen = len(server.requests)
    again = harvest(clock, followed)
    assert (again.new, again.changed) == (0, 0)
    assert list(Paper.objects.order_by("pk").values()) == before
    assert len(server.requests) - seen == 1  # only the days that may have grown


@pytest.mark.parametrize("seed", range(3))
def test_faults_and_stops_lose_nothing(rxiv, seed):
    records = [preprint(n, date=f"2026-05-{15 + n % 10}") for n in range(1, 120)]
    records += [preprint(n, version=2, date="2026-05-25") for n in range(1, 60, 3)]
    stand_in, server, clock = rxiv(records, faults=FAULTS, rate=0.4, seed=seed)
    followed, rounds = source(), 0
    while True:
        rounds += 1
        calls = iter(range(100))
        try:
            result = harvest(clock, followed, stop=lambda: next(calls) >= 1)  # noqa: B023
        except SourceError:
            clock.sleep(3600)
            continue
        if not result.stopped or rounds > 60:
            break
    wanted = {(one["doi"], int(one["version"])) for one in records}
    held = {
        (paper.arxiv_id, number) for paper in Paper.objects.all() for number, _ in paper.versions
    }
    assert held == wanted
    assert stand_in.happened
    assert min(server.gaps()) >= INTERVAL


def test_only_chosen_fields_and_bad_records_are_told(rxiv):
    records = [
        preprint(1),
        preprint(2, category="zoology"),
        preprint(3, category="a new subject"),
        preprint(4, title=""),
        preprint(5, doi="10.1038/nature1"),
    ]
    _, _, clock = rxiv(records)
    result = harvest(clock, source(categories="biorxiv.neuroscience biorxiv.zoology"))
    assert (result.new, result.unwanted, result.bad) == (2, 1, 2)
    assert "no title" in result.report.read_text()
    assert name("biorxiv.zoology") == "Zoology"


def test_one_preprint_now(rxiv):
    medical = preprint(
        1, doi="10.1101/2026.05.01.26301234", server="medRxiv", category="hiv aids",
        title="WITHDRAWN: A cure", license="cc_no",
    )  # fmt: skip
    _, _, clock = rxiv([medical])
    with biorxiv_client(clock=clock) as client:
        paper = fetch_preprint(client, medical["doi"])
        with pytest.raises(NotFoundError, match="Neither"):
            fetch_preprint(client, FLY)
    assert (paper.categories, paper.withdrawn, paper.license) == (
        "medrxiv.hiv-aids",
        True,
        "All rights reserved",
    )
    found = search("cat:medrxiv cure")
    assert [one.paper.arxiv_id for one in found] == [medical["doi"]]
    assert [one.paper.pk for one in search("https://doi.org/10.1101/2026.05.01.26301234v1")]
