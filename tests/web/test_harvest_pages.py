"""A paper fetched from its page, versions compared, and the page about the harvest."""

from __future__ import annotations

from datetime import date

import pytest

from arxivs import arxiv
from bookwheel.actions.run_job import Told, run_job
from bookwheel.errors import SourceError
from bookwheel.models import Paper, Revision, Stretch
from dumps import record, versions
from people import make_paper

__all__ = ["arxiv"]
pytestmark = [pytest.mark.loopback, pytest.mark.django_db]

TWO = record(
    1,
    categories="cs.LG",
    versions=versions("2 Jan 2025", "25 May 2026"),
    said={1: {"title": "An <early> title", "abstract": "We hoped to measure paper 1."}},
)


def test_a_pasted_identifier_is_fetched(arxiv, alice):
    _, server, _ = arxiv([TWO])
    answer = alice.client.get("/search?q=https://arxiv.org/abs/2501.00001v2")
    assert answer["Location"] == "/abs/2501.00001"
    page = alice.client.get("/abs/2501.00001")
    assert page.status_code == 404
    assert b'hx-trigger="load, submit"' in page.content
    assert server.requests == []  # looking changes nothing
    done = alice.client.post("/do/fetch", {"paper": "2501.00001"})
    assert (done.status_code, done["Location"]) == (302, "/abs/2501.00001")
    assert b"On the Radiance of Paper 1" in alice.client.get("/abs/2501.00001").content


def test_one_that_arxiv_does_not_have(arxiv, alice, monkeypatch):
    monkeypatch.setattr("bookwheel.arxiv.client.SystemClock.sleep", lambda *_: None)
    monkeypatch.setattr("bookwheel.arxiv.manners.arxiv", quick())
    arxiv([TWO])
    answer = alice.client.post("/do/fetch", {"paper": "2501.00009"})
    assert answer.status_code == 404
    assert "arXiv has no paper 2501.00009." in answer.content.decode()
    piece = alice.client.post("/do/fetch", {"paper": "2501.00009"}, headers={"HX-Request": "true"})
    assert piece.status_code == 200
    assert "Try again" in piece.content.decode()
    assert not Paper.objects.exists()


def quick():
    """arXiv's manners without waiting between requests."""
    from dataclasses import replace

    from bookwheel.arxiv import manners

    slow = manners.arxiv
    return lambda: replace(slow(), interval=0.0)


def test_offline_it_says_so(alice, data_folder, configure):
    configure(data=data_folder)
    answer = alice.client.post("/do/fetch", {"paper": "2501.00009"})
    assert answer.status_code == 503
    assert "kept off the internet" in answer.content.decode()


def test_nonsense_is_refused(alice):
    assert alice.client.post("/do/fetch", {"paper": "x/../y"}).status_code == 400


def test_a_reader_cannot_keep_arxiv_busy(alice, data_folder, configure):
    configure(data=data_folder)
    for _ in range(30):
        alice.client.post("/do/fetch", {"paper": "2501.00009"})
    assert alice.client.post("/do/fetch", {"paper": "2501.00009"}).status_code == 429


def test_what_changed(alice, paper):
    paper.versions = [[1, "2025-01-02T00:00:00Z"], [2, "2025-05-02T00:00:00Z"]]
    paper.save()
    before = alice.client.get(f"/abs/{paper.arxiv_id}/versions").content.decode()
    assert "was not kept here" in before
    Revision.objects.create(
        paper=paper,
        number=1,
        title="<b>An</b> early title",
        abstract=paper.abstract,
        authors=paper.authors,
        categories="math.CO",
    )
    page = alice.client.get(f"/abs/{paper.arxiv_id}/versions").content.decode()
    assert "<del>" in page
    assert "&lt;b&gt;An&lt;/b&gt;" in page
    assert "<b>An" not in page
    assert "What the newest version changed" in (
        alice.client.get(f"/abs/{paper.arxiv_id}").content.decode()
    )


def test_health(alice, visitor, library, configure):
    def fail():
        raise SourceError("arxiv is tired of /somewhere/secret")

    run_job("records", fail)
    run_job("listings", lambda: Told(new=7, text="Listing of 2026-06-01."))
    configure(offline="false")
    page = alice.client.get("/health").content.decode()
    assert "Behind by" in page
    assert "arxiv is tired" in page
    assert "Listing of 2026-06-01." in page
    told = visitor.get("/health.json")
    assert told.status_code == 503
    assert told.json()["state"] == "behind"
    assert b"secret" not in told.content


def test_what_is_followed_besides_arxiv(alice, configure):
    configure(sources="arxiv,medrxiv", offline="false")
    Stretch.objects.create(source="medrxiv", complete=date(2026, 5, 1))
    page = alice.client.get("/health").content.decode()
    assert "medRxiv" in page
    assert "all until 1 May 2026" in page
    told = alice.client.get("/health.json").json()["others"]
    assert [(one["name"], one["complete"]) for one in told] == [("medrxiv", "2026-05-01")]


def test_a_preprint_of_another_server_has_its_own_links(alice, library):
    name = "10.1101/2026.05.01.000001"
    make_paper(name, categories="biorxiv.zoology")
    shown = alice.client.get(f"/abs/{name}").content.decode()
    assert f"https://www.biorxiv.org/content/{name}v1.full.pdf" in shown
    assert f"arxiv.org/abs/{name}" not in shown
    entry = alice.client.get(f"/bib/{name}").content.decode()
    assert "archivePrefix = {bioRxiv}" in entry
    assert f"https://doi.org/{name}" in entry
    assert alice.client.get(f"/abs/{name}v1")["Location"] == f"/abs/{name}"
