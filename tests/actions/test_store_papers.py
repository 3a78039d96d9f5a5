"""Storing papers: new, changed, same, older, twice at once."""

from __future__ import annotations

from datetime import date

import pytest

from bookwheel.actions.store_papers import fingerprints, row_of, store_papers
from bookwheel.arxiv import snapshot
from bookwheel.models import Paper
from dumps import line, versions
from people import make_paper

pytestmark = pytest.mark.django_db


def row(number=1, **fields):
    text = line(number, **fields)
    return row_of(snapshot.parse(1, text), snapshot.fingerprint(text))


def outcome(*rows):
    stored = store_papers(rows)
    return stored.new, stored.changed, stored.same


def test_new_papers_are_stored_whole():
    assert outcome(row(announced="2025-01-06")) == (1, 0, 0)
    paper = Paper.objects.get()
    assert (paper.id, paper.changed) == (1, 1)
    assert paper.arxiv_id == "2501.00001"
    assert paper.title == "On the Radiance of Paper 1"
    assert paper.abstract == "We measure paper 1. It glows."
    assert paper.authors == [["Curie", "Marie", ""], ["Langevin", "Paul", ""]]
    assert paper.categories == "physics.ins-det hep-ex"
    assert paper.comments == "12 pages, 3 figures"
    assert paper.doi == "10.1000/182"
    assert paper.license == "http://creativecommons.org/licenses/by/4.0/"
    assert paper.submitter == "Marie Curie"
    assert paper.versions == [[1, "2025-01-02T03:04:05Z"]]
    assert (paper.first_date, paper.last_date) == (date(2025, 1, 2), date(2025, 1, 2))
    assert paper.announced == date(2025, 1, 6)


def test_numbers_are_dense_and_changed_grows_with_each_write():
    outcome(*(row(number) for number in (3, 1, 2)))
    outcome(row(4), row(1, title="Another"), row(2))
    found = Paper.objects.order_by("changed").values_list("arxiv_id", "id", "changed")
    assert list(found) == [
        ("2501.00003", 1, 1),
        ("2501.00002", 3, 3),
        ("2501.00004", 4, 4),
        ("2501.00001", 2, 5),
    ]


def test_the_same_again_writes_nothing():
    rows = [row(number) for number in range(1, 50)]
    outcome(*rows)
    before = list(Paper.objects.values())
    assert outcome(*rows) == (0, 0, 49)
    assert list(Paper.objects.values()) == before


def test_a_later_record_updates_and_keeps_first_date_and_announcement():
    outcome(row(announced="2025-01-06"))
    later = row(
        title="Better", versions=versions("3 Jan 2025", "9 Feb 2025"), announced="2025-02-10"
    )
    assert outcome(later) == (0, 1, 0)
    paper = Paper.objects.get()
    assert paper.title == "Better"
    assert paper.versions == [[1, "2025-01-03T00:00:00Z"], [2, "2025-02-09T00:00:00Z"]]
    assert (paper.first_date, paper.last_date) == (date(2025, 1, 2), date(2025, 2, 9))
    assert paper.announced == date(2025, 1, 6)
    assert outcome(later) == (0, 0, 1)


def test_an_earlier_first_date_is_taken():
    outcome(row())
    assert outcome(row(versions=versions("31 Dec 2024"))) == (0, 1, 0)
    assert Paper.objects.get().first_date == date(2024, 12, 31)


def test_an_older_record_overwrites_nothing():
    outcome(row(title="Second", versions=versions("2 Jan 2025", "9 Feb 2025")))
    assert outcome(row(title="First", versions=versions("2 Jan 2025"))) == (0, 0, 1)
    assert Paper.objects.get().title == "Second"


def test_an_older_record_may_know_the_announcement():
    outcome(row(title="Second", versions=versions("2 Jan 2025", "9 Feb 2025")))
    assert outcome(row(title="First", announced="2025-01-06")) == (0, 1, 0)
    paper = Paper.objects.get()
    assert (paper.title, paper.announced) == ("Second", date(2025, 1, 6))


def test_what_a_record_does_not_know_stays_known():
    outcome(row(**{"journal-ref": "J. Phys. 1"}))
    assert outcome(row(license=None, doi=None, comments="New")) == (0, 1, 0)
    paper = Paper.objects.get()
    assert (paper.doi, paper.journal_ref, paper.comments) == ("10.1000/182", "J. Phys. 1", "New")
    assert paper.license.endswith("/by/4.0/")


def test_one_paper_several_times_at_once():
    two = versions("2 Jan 2025", "9 Feb 2025")
    assert outcome(row(), row(title="T", versions=two), row(), row(2)) == (2, 0, 2)
    assert Paper.objects.get(arxiv_id="2501.00001").title == "T"
    assert list(Paper.objects.order_by("id").values_list("id", flat=True)) == [1, 2]


def test_as_many_versions_but_changed_by_arxiv_earlier_is_older_too():
    outcome(row(title="Second", update_date="2025-03-01"))
    assert outcome(row(title="First", update_date="2025-02-01")) == (0, 0, 1)
    assert outcome(row(title="Third", update_date="2025-03-01")) == (0, 1, 0)
    assert outcome(row(title="Who knows", update_date=None)) == (0, 1, 0)
    assert Paper.objects.get().updated == date(2025, 3, 1)


def test_contradictions_at_once_that_end_as_stored_write_nothing():
    outcome(row(title="First"), row(title="Second"))
    before = list(Paper.objects.values())
    assert outcome(row(title="First"), row(title="Second")) == (0, 0, 2)
    assert list(Paper.objects.values()) == before


def test_papers_stored_by_other_hands_compare_equal():
    """Django writes JSON with other white space than we do."""
    stored = make_paper("2501.00001", authors=[["Curie", "Marie", ""]])
    told = row(
        title=stored.title,
        abstract=stored.abstract,
        authors_parsed=stored.authors,
        categories=stored.categories,
        comments=None,
        doi=None,
        license=None,
        submitter=None,
        update_date=None,
        versions=[{"version": "v1", "created": stored.versions[0][1]}],
    )._replace(versions=str(stored.versions).replace("'", '"').replace(" ", ""))
    assert outcome(told) == (0, 0, 1)


def test_fingerprints_tell_what_was_read():
    one = row(1, announced="2025-01-06")
    outcome(one, row(2))
    assert fingerprints(["2501.00001", "2501.00003", ""]) == {
        "2501.00001": (one.fingerprint, "2025-01-06")
    }


def test_nothing_to_store():
    assert outcome() == (0, 0, 0)
