"""Answers in OAI-PMH: recorded ones of arXiv, and damaged or malicious ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.arxiv import oai
from bookwheel.core.papers import Author, Version
from bookwheel.errors import AbsentError, SourceError

RECORDED = Path(__file__).parents[3] / "shared" / "data" / "arxiv-responses"
recorded = pytest.mark.skipif(not RECORDED.exists(), reason="recorded answers are not here")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    '<responseDate>2026-06-01T02:30:00Z</responseDate><request verb="ListRecords"/>'
)
RECORD = """<record><header><identifier>oai:arXiv.org:2606.00001</identifier>
<datestamp>2026-06-01</datestamp><setSpec>cs:cs:LG</setSpec></header><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2606.00001</id><submitter>Ada</submitter>
<version version="v1"><date>Fri, 29 May 2026 12:00:00 GMT</date><size>45kb</size></version>
<title>On &lt;wheels&gt; &amp; books</title>
<authors>Ada Lovelace, Charles Babbage (Trinity)</authors>
<categories>cs.LG stat.ML</categories><comments>12 pages</comments><doi>10.1000/1</doi>
<license>http://creativecommons.org/licenses/by/4.0/</license><abstract>  We turn.
Slowly.
  And again.
</abstract></arXivRaw></metadata></record>"""


def answer(*parts: str) -> bytes:
    return (HEAD + "".join(parts) + "</OAI-PMH>").encode()


def listed(*records: str, token: str = "") -> bytes:
    end = f"<resumptionToken completeListSize='7'>{token}</resumptionToken>" if token else ""
    return answer("<ListRecords>", *records, end, "</ListRecords>")


def test_a_record():
    page = oai.read(listed(RECORD, token="a|b"))
    assert (page.token, page.total, page.problems) == ("a|b", 7, [])
    [record] = page.records
    assert (record.arxiv_id, record.datestamp) == ("2606.00001", date(2026, 6, 1))
    paper = record.paper
    assert paper.title == "On <wheels> & books"
    assert paper.abstract == "We turn. Slowly.\nAnd again."
    assert paper.authors == (Author("Lovelace", "Ada"), Author("Babbage", "Charles"))
    assert paper.categories == ("cs.LG", "stat.ML")
    assert paper.versions == (Version(1, "2026-05-29T12:00:00Z"),)
    assert (paper.first_date, paper.updated) == (date(2026, 5, 29), date(2026, 6, 1))
    assert paper.license == "http://creativecommons.org/licenses/by/4.0/"
    assert not paper.withdrawn


def test_a_withdrawn_paper():
    last = (
        '<version version="v2"><date>Sat, 30 May 2026 12:00:00 GMT</date><size>0kb</size>'
        "<source_type>I</source_type></version><title>"
    )
    page = oai.read(listed(RECORD.replace("<title>", last)))
    assert page.records[0].paper.withdrawn
    words = RECORD.replace("12 pages", "This paper has been withdrawn by the authors")
    assert oai.read(listed(words)).records[0].paper.withdrawn


def test_a_deleted_record():
    gone = (
        '<record><header status="deleted"><identifier>oai:arXiv.org:2606.00002</identifier>'
        "<datestamp>2026-06-01</datestamp></header></record>"
    )
    page = oai.read(listed(gone))
    assert page.records == [oai.Record("2606.00002", date(2026, 6, 1), None)]


def test_bad_records_are_told_and_passed_over():
    bad = RECORD.replace("<title>", "<untitle>").replace("</title>", "</untitle>")
    page = oai.read(listed(bad, RECORD, "<record/>", RECORD.replace("2606", "2666")))
    assert len(page.records) == 1
    assert [(one.line, one.reason) for one in page.problems][:2] == [
        (1, "no title"),
        (3, "no header"),
    ]
    assert page.problems[0].excerpt == "oai:arXiv.org:2606.00001"


def test_errors():
    def error(code):
        return answer(f'<error code="{code}">because</error>')

    assert oai.read(error("noRecordsMatch")).records == []
    with pytest.raises(oai.ExpiredError):
        oai.read(error("badResumptionToken"))
    with pytest.raises(AbsentError):
        oai.read(error("idDoesNotExist"))
    with pytest.raises(SourceError, match="badArgument: because"):
        oai.read(error("badArgument"))


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><OAI-PMH><record>&b;</record></OAI-PMH>'
)
FILE = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<OAI-PMH><record>&f;</record></OAI-PMH>"
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Rate exceeded.</body></html>",
        b"Retry after 5 seconds",
        listed(RECORD)[:-200],
        listed(RECORD)[:-3],
        listed(RECORD).replace(b"wheels", b"wh\xff\xfe"),
        listed(RECORD).replace(b"UTF-8", b"KLINGON"),
        BOMB.encode(),
        BOMB.encode("utf-16"),
        FILE.encode(),
        b"<!DOCTYPE x><OAI-PMH><record/></OAI-PMH>",
        answer("<x>" * 100 + "</x>" * 100),
        listed(RECORD) * 2,
        listed(RECORD).replace(b"Ada", b"&ada;"),
    ],
)
def test_damage_is_an_error_and_no_half_page(body):
    with pytest.raises(SourceError):
        oai.read(body)


@given(st.binary(max_size=300), st.integers(0, 2000), st.integers(0, 40))
def test_any_damage(junk, at, length):
    body = listed(RECORD)
    try:
        page = oai.read(body[:at] + junk + body[at + length :])
    except SourceError:
        return
    assert len(page.records) + len(page.problems) <= 2


def test_addresses():
    base = "https://oaipmh.arxiv.org/oai"
    assert oai.list_address(base, since=date(2026, 6, 1), part="cs:cs:LG") == (
        f"{base}?verb=ListRecords&metadataPrefix=arXivRaw&from=2026-06-01&set=cs%3Acs%3ALG"
    )
    assert oai.list_address(base, token="1|2&x=3") == (
        f"{base}?verb=ListRecords&resumptionToken=1%7C2%26x%3D3"
    )
    assert oai.record_address(base, "hep-th/9901001").endswith(
        "identifier=oai%3AarXiv.org%3Ahep-th%2F9901001"
    )


@recorded
def test_the_page_of_2014():
    [path] = (RECORDED / "oai-arxivraw-2014").iterdir()
    body = path.read_bytes()
    page = oai.read(body)
    assert (len(page.records), page.token, page.total) == (999, "496549|96001", 907096)
    [problem] = page.problems
    assert problem.excerpt == "oai:arXiv.org:0811.36489"
    papers = [record.paper for record in page.records]
    assert [paper.arxiv_id for paper in papers] == sorted(paper.arxiv_id for paper in papers)
    assert (papers[0].arxiv_id, papers[-1].arxiv_id) == ("0811.3649", "0811.4647")
    bad = 2  # versions of the bad record
    assert sum(len(paper.versions) for paper in papers) == body.count(b"<version ") - bad
    assert sum(paper.withdrawn for paper in papers) == 6
    assert papers[0].title == (
        "Traces of high powers of the Frobenius class in the hyperelliptic ensemble"
    )
    assert [one.created for one in papers[0].versions] == [
        "2008-11-21T22:59:40Z",
        "2008-12-09T20:46:26Z",
        "2009-04-07T12:26:42Z",
        "2009-09-01T22:36:30Z",
    ]


@recorded
def test_the_page_of_2016():
    page = oai.read((RECORDED / "oai-arxivraw-2016" / "ListRecords.xml").read_bytes())
    assert (len(page.records), page.problems) == (387, [])
    assert (page.token, page.total) == ("1403493|1001", 1440)
    first = page.records[0].paper
    assert first.arxiv_id == "0803.4354"
    assert "\n" not in first.abstract  # its lines were indented by whoever recorded it
    assert (first.first_date, first.last_date) == (date(2008, 3, 30), date(2016, 10, 20))
    assert first.withdrawn
