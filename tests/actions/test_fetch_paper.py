"""One paper, now: from the stand-in's OAI-PMH, from its search, and in earlier versions."""

from __future__ import annotations

import pytest

from arxivs import arxiv
from bookwheel.actions.fetch_paper import fetch_paper
from bookwheel.actions.fetch_revision import fetch_revision
from bookwheel.arxiv.client import arxiv_client
from bookwheel.errors import NotFoundError, SourceError
from bookwheel.models import Paper, Revision
from bookwheel.queries.found import search
from dumps import record, versions

__all__ = ["arxiv"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]

TWO = record(
    1,
    categories="cs.LG",
    versions=versions("2 Jan 2025", "25 May 2026"),
    said={1: {"title": "An early title", "abstract": "We hoped to measure."}},
)


def test_it_can_be_found_at_once(arxiv):
    _, server, clock = arxiv([TWO])
    with arxiv_client(clock=clock) as client:
        paper = fetch_paper(client, "2501.00001")
    assert (paper.title, paper.license) == (
        "On the Radiance of Paper 1",
        "http://creativecommons.org/licenses/by/4.0/",
    )
    assert [one.paper.arxiv_id for one in search("radiance")] == ["2501.00001"]
    assert len(server.requests) == 1


def test_what_oai_does_not_have_yet(arxiv):
    stand_in, server, clock = arxiv([TWO])
    records, stand_in.records = stand_in.records, []
    oai = stand_in._oai
    stand_in._oai = lambda query, fault: oai(query, fault)
    api = stand_in._api

    def with_records(query):
        stand_in.records = records
        return api(query)

    stand_in._api = with_records
    with arxiv_client(clock=clock) as client:
        paper = fetch_paper(client, "2501.00001")
    assert paper.versions == [[1, "2025-01-02T00:00:00Z"], [2, "2026-05-25T00:00:00Z"]]
    assert [request.path for request in server.requests] == ["/oai", "/api/query"]


def test_what_nobody_has(arxiv):
    _, _, clock = arxiv([TWO])
    with arxiv_client(clock=clock) as client, pytest.raises(NotFoundError, match="2501.00009"):
        fetch_paper(client, "2501.00009")
    assert not Paper.objects.exists()


def test_a_server_that_is_not_well(arxiv):
    _, _, clock = arxiv([TWO], faults=["html"], rate=1.1)
    with arxiv_client(clock=clock) as client, pytest.raises(SourceError):
        fetch_paper(client, "2501.00001")
    assert not Paper.objects.exists()


def test_an_earlier_version(arxiv):
    _, server, clock = arxiv([TWO])
    with arxiv_client(clock=clock) as client:
        paper = fetch_paper(client, "2501.00001")
        revision = fetch_revision(client, paper, 1)
        assert fetch_revision(client, paper, 1) == revision
        with pytest.raises(NotFoundError):
            fetch_revision(client, paper, 2)
    assert (revision.title, revision.abstract) == ("An early title", "We hoped to measure.")
    assert len(server.requests) == 2
    assert Revision.objects.count() == 1
