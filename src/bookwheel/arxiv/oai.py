"""OAI-PMH as arXiv speaks it: addresses of requests, and answers in the format `arXivRaw`.

Sources: the protocol, version 2.0; arXiv's schema `arXivRaw`. Leaves out: asking (`client.py`) and
when to ask for what (`actions/harvest_records.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from bookwheel.arxiv.lines import Problem, problem
from bookwheel.arxiv.records import paper_from
from bookwheel.arxiv.xml import Element, elements
from bookwheel.core.identifiers import ArxivId
from bookwheel.core.papers import Paper
from bookwheel.errors import AbsentError, PaperError, SourceError

PREFIX = "oai:arXiv.org:"
_PLAIN = (
    "id",
    "submitter",
    "title",
    "authors",
    "categories",
    "comments",
    "journal-ref",
    "doi",
    "report-no",
    "license",
    "abstract",
)
_PARTS = ("request", "record", "resumptionToken", "error")
_INDENT = re.compile(r"\n([ \t]*)(?=\S)")
_DEEP = 5  # arXiv's own paragraphs begin with two spaces; more is somebody's pretty printing
_WITHDRAWN = "I"  # type of a version without a source


class ExpiredError(SourceError):
    """The place in a list that a token stood for is not known any more."""


@dataclass(frozen=True)
class Record:
    """One record of a list: a paper, or, when `paper` is None, that it was deleted."""

    arxiv_id: str
    datestamp: date  # when arXiv last changed the record
    paper: Paper | None


@dataclass
class Page:
    """One answer to a request for a list. The last page has no `token`."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # records that are none, by their place
    token: str = ""
    total: int | None = None  # records of the whole list, where the server says so


def list_address(base: str, *, since: date | None = None, part: str = "", token: str = "") -> str:
    """Where the records changed since a day are, in one set or all, or where a list goes on."""
    if token:
        return f"{base}?{urlencode({'verb': 'ListRecords', 'resumptionToken': token})}"
    asked = {"verb": "ListRecords", "metadataPrefix": "arXivRaw"}
    asked |= {"from": since.isoformat()} if since else {}
    asked |= {"set": part} if part else {}
    return f"{base}?{urlencode(asked)}"


def record_address(base: str, arxiv_id: str) -> str:
    """Where one record is."""
    asked = {
        "verb": "GetRecord",
        "metadataPrefix": "arXivRaw",
        "identifier": f"{PREFIX}{arxiv_id}",
    }
    return f"{base}?{urlencode(asked)}"


def read(body: bytes) -> Page:
    """Read an answer with records.

    Raises:
        ExpiredError: it says that the resumption token is not valid.
        AbsentError: it says that there is no such record.
        SourceError: it says something else, or is damaged.
    """
    page, whole = Page(), False
    for place, element in enumerate(
        elements(body, "record", "resumptionToken", "error", "request")
    ):
        if element.name == "record":
            _add(page, place, element)
        elif element.name == "resumptionToken":
            page.token = element.text.strip()
            size = element.attributes.get("completeListSize", "")
            page.total = int(size) if size.isdigit() else None
        elif element.name == "error":
            _complain(element)
        whole = True
    if not whole:
        raise SourceError("the answer is XML, but not OAI-PMH")
    return page


def _complain(element: Element) -> None:
    code, text = element.attributes.get("code", ""), " ".join(element.text.split())[:200]
    if code == "noRecordsMatch":
        return
    if code == "badResumptionToken":
        raise ExpiredError(f"the list cannot be continued: {text or code}")
    if code == "idDoesNotExist":
        raise AbsentError("arXiv's OAI-PMH has no such paper.")
    raise SourceError(f"OAI-PMH: {code or 'error'}: {text}")


def _add(page: Page, place: int, element: Element) -> None:
    stated = ""
    try:
        header = element.first("header") or _missing("header")
        stated = header.told("identifier").strip()
        page.records.append(_record(header, element))
    except PaperError as error:
        page.problems.append(problem(place, str(error), stated.encode()))


def _record(header: Element, element: Element) -> Record:
    identifier = header.told("identifier").strip().removeprefix(PREFIX)
    datestamp = _day(header.told("datestamp").strip())
    if header.attributes.get("status") == "deleted":
        return Record(ArxivId.parse(identifier).base, datestamp, None)
    metadata = element.first("metadata") or _missing("metadata")
    raw = metadata.first("arXivRaw") or _missing("arXivRaw")
    paper = paper_from(_fields(raw, datestamp))
    return Record(paper.arxiv_id, datestamp, paper)


def _fields(raw: Element, datestamp: date) -> dict[str, object]:
    """The record in the form of the public dump."""
    versions = raw.all("version")
    told: dict[str, object] = {child.name: child.text for child in raw.children}
    fields = {name: told[name] for name in _PLAIN if name in told}
    fields["abstract"] = dedented(str(fields.get("abstract", "")))
    fields["versions"] = [
        {"version": one.attributes.get("version", ""), "created": one.told("date")}
        for one in versions
    ]
    fields["update_date"] = datestamp.isoformat()
    if versions and _WITHDRAWN in versions[-1].told("source_type"):
        fields["withdrawn"] = True
    return fields


def dedented(text: str) -> str:
    """Without the indent that all lines after the first share, if it is deep: it means nothing."""
    indents = _INDENT.findall(text)
    shared = min(map(len, indents), default=0)
    return text.replace("\n" + " " * shared, "\n") if shared >= _DEEP else text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise PaperError("no datestamp") from error


def _missing(what: str) -> Element:
    raise PaperError(f"no {what}")
