"""Records of the dump: good ones become papers, all others say what is wrong with them."""

from __future__ import annotations

import io
from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.arxiv import snapshot
from bookwheel.arxiv.lines import Problem
from bookwheel.core.papers import Author, Paper, Version
from dumps import line, record, versions


def parsed(number=1, **fields):
    return snapshot.parse(7, line(number, **fields))


def test_a_whole_record():
    assert parsed(announced="2025-01-06") == Paper(
        arxiv_id="2501.00001",
        title="On the Radiance of Paper 1",
        abstract="We measure paper 1. It glows.",
        authors=(Author("Curie", "Marie"), Author("Langevin", "Paul")),
        categories=("physics.ins-det", "hep-ex"),
        versions=(Version(1, "2025-01-02T03:04:05Z"),),
        first_date=date(2025, 1, 2),
        last_date=date(2025, 1, 2),
        comments="12 pages, 3 figures",
        doi="10.1000/182",
        license="http://creativecommons.org/licenses/by/4.0/",
        submitter="Marie Curie",
        announced=date(2025, 1, 6),
        updated=date(2025, 1, 3),
    )


def test_a_record_of_the_least():
    told = {
        "id": "hep-th/9901001",
        "title": "T",
        "categories": "hep-th",
        "update_date": "1999-01-04",
    }
    paper = snapshot.parse(1, orjson.dumps(told))
    assert paper == Paper(
        "hep-th/9901001",
        "T",
        "",
        (),
        ("hep-th",),
        (Version(1, "1999-01-04T00:00:00Z"),),
        date(1999, 1, 4),
        date(1999, 1, 4),
        updated=date(1999, 1, 4),
    )


def test_versions_give_the_dates():
    days = versions("31 Dec 2024", "2 Jan 2025", "3 Feb 2025")
    paper = parsed(versions=days[::-1])
    assert [version.number for version in paper.versions] == [1, 2, 3]
    assert (paper.first_date, paper.last_date) == (date(2024, 12, 31), date(2025, 2, 3))


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02T19:18:42Z"),
        ("Mon, 02 Apr 2007 19:18:42 GMT", "2007-04-02T19:18:42Z"),
        ("Mon, 2 Apr 2007 23:18:42 -0400", "2007-04-03T03:18:42Z"),
        ("2007-04-02T19:18:42+00:00", "2007-04-02T19:18:42Z"),
        ("2007-04-02", "2007-04-02T00:00:00Z"),
        ("0987-04-02", "0987-04-02T00:00:00Z"),
    ],
)
def test_times_are_told_in_utc(created, expected):
    paper = parsed(versions=[{"version": "v1", "created": created}])
    assert paper.versions == (Version(1, expected),)


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("  One,\ntwo.\n", "One, two."),
        ("  One,\ntwo.\n  Three.\nFour.\n", "One, two.\nThree. Four."),
        ("One.\n\nTwo\nthree.", "One.\nTwo three."),
        ("One\r\ntwo.\r\n\r\nThree.", "One two.\nThree."),
        ("one\u00a0 two\tthree\x00\u2028four", "one two three four"),
        ("\n \n", ""),
    ],
)
def test_white_space_of_an_abstract_is_folded_but_for_paragraphs(abstract, expected):
    assert parsed(abstract=abstract).abstract == expected


@given(st.text())
def test_folded_text_is_one_clean_line(text):
    title = parsed(title=f"T{text}").title
    assert title == " ".join(title.split())
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in title)


def test_authors_come_from_the_raw_line_when_they_are_not_parsed():
    for nothing in (None, []):
        paper = parsed(authors_parsed=nothing, authors="A. Ampère (Lyon),\n B. Volta and C. Ohm")
        assert [author.family for author in paper.authors] == ["Ampère", "Volta", "Ohm"]


def test_an_identifier_may_have_a_version_or_a_prefix():
    assert parsed(id="arXiv:2501.00009v3").arxiv_id == "2501.00009"


def test_empty_and_null_are_the_same():
    fields = ("comments", "doi", "journal-ref", "report-no", "license", "submitter", "announced")
    assert parsed(**dict.fromkeys(fields)) == parsed(**dict.fromkeys(fields, ""))


BAD = {
    "not JSON": b'{"id": "2501.00001"',
    "not JSON: invalid UTF-8": b'{"id": "2501.00001", "title": "\xff"}',
    "not JSON: a lone surrogate": rb'{"id": "2501.00001", "title": "\ud800"}',
    "not JSON: too deep": b"[" * 100_000,
    "not an object": b'["2501.00001"]',
    "no id": line(id=None),
    "id is a number": line(id=2501.1),
    "id of month 13": line(id="2513.00001"),
    "no title": line(title=" \n"),
    "title is a list": line(title=["T"]),
    "abstract is a number": line(abstract=7),
    "no category": line(categories=""),
    "no real category": line(categories="68T07 and"),
    "categories are a list": line(categories=["cs.LG"]),
    "authors are a number": line(authors=5, authors_parsed=None),
    "authors_parsed is text": line(authors_parsed="Curie"),
    "an author is text": line(authors_parsed=["Curie"]),
    "an author is empty": line(authors_parsed=[[]]),
    "a name is a number": line(authors_parsed=[["Curie", 1, ""]]),
    "a comment is an object": line(comments={}),
    "a licence is a boolean": line(license=True),
    "versions are text": line(versions="v1"),
    "a version is text": line(versions=["v1"]),
    "a version has no number": line(versions=[{"created": "Thu, 2 Jan 2025 03:04:05 GMT"}]),
    "a version is numbered 0": line(
        versions=[{"version": "v0", "created": "Thu, 2 Jan 2025 03:04:05 GMT"}]
    ),
    "a version has no time": line(versions=[{"version": "v1"}]),
    "30 February": line(versions=versions("30 Feb 2025")),
    "no date": line(versions=[], update_date=None),
    "update_date is nonsense": line(versions=[], update_date="soon"),
    "announced is nonsense": line(announced="soon"),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_bad_record_is_a_problem_with_a_reason(text):
    problem = snapshot.parse(7, text)
    assert isinstance(problem, Problem)
    assert problem.line == 7
    assert problem.reason
    assert problem.excerpt


json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted([*record(), "announced"])), json, max_size=3))
def test_whatever_the_fields_hold_it_is_a_paper_or_a_problem(fields):
    assert isinstance(parsed(**fields), Paper | Problem)


@given(st.binary())
def test_whatever_the_line_holds_it_is_a_paper_or_a_problem(text):
    assert isinstance(snapshot.parse(1, text), Paper | Problem)


def test_a_file_gives_papers_and_problems_in_order():
    content = b"\n".join([line(1), b"junk", line(2)])
    one, junk, two = snapshot.papers(io.BufferedReader(io.BytesIO(content)))
    assert (one.arxiv_id, junk.line, two.arxiv_id) == ("2501.00001", 2, "2501.00002")


def test_the_stated_id_is_found_without_decoding():
    assert snapshot.stated_id(line(5)) == "2501.00005"
    assert snapshot.stated_id(b'{"id": "hep-th/9901001"}') == "hep-th/9901001"
    assert snapshot.stated_id(b'{"title": "T", "id": "2501.00001"}') == ""
    assert snapshot.stated_id('{"id":"é"}'.encode()) != "é"


def test_fingerprints_differ_when_lines_do():
    prints = {snapshot.fingerprint(line(number)) for number in range(1000)}
    assert len(prints) == 1000
    assert all(-(2**63) <= print_ < 2**63 for print_ in prints)
