"""arXiv's search API: single papers that OAI-PMH does not have yet, and what old versions said.

It tells no licence, and of the times of versions only the first and that of the version asked for.
Leaves out: searching, for which Bookwheel has its own index.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from bookwheel.arxiv.records import paper_from
from bookwheel.arxiv.xml import Element, elements
from bookwheel.core.identifiers import ArxivId
from bookwheel.core.papers import Paper
from bookwheel.errors import AbsentError, IdentifierError, PaperError, SourceError

_ERROR = "/api/errors"


class Entry(NamedTuple):
    """A paper as it was in one version."""

    paper: Paper
    version: int


def address(base: str, arxiv_id: str, version: int | None = None) -> str:
    """Where one paper is, in one version or the latest."""
    named = arxiv_id if version is None else f"{arxiv_id}v{version}"
    return f"{base}?{urlencode({'id_list': named, 'max_results': 1})}"


def read(body: bytes) -> list[Entry]:
    """The papers in an answer.

    Raises:
        AbsentError: it says that there is no such paper.
        SourceError: it is damaged, or an error of another kind.
    """
    found, whole = [], False
    for element in elements(body, "entry", "totalResults"):
        whole = True
        if element.name == "entry":
            found.append(_entry(element))
    if not whole:
        raise SourceError("the answer is XML, but not of arXiv's search")
    return found


def read_one(body: bytes) -> Entry:
    """The one paper that was asked for.

    Raises:
        AbsentError: there is none.
        SourceError: as in `read`.
    """
    found = read(body)
    if not found:
        raise AbsentError("arXiv's search has no such paper.")
    return found[0]


def _entry(entry: Element) -> Entry:
    link = entry.told("id").strip()
    if _ERROR in link:
        summary = " ".join(entry.told("summary").split())[:200]
        kind = AbsentError if "incorrect id" in summary else SourceError
        raise kind(f"arXiv's search: {summary}.")
    try:
        identifier = ArxivId.parse(link)
        version = identifier.version or 1
        return Entry(paper_from(_fields(entry, identifier.base, version)), version)
    except (IdentifierError, PaperError) as error:
        raise SourceError(f"arXiv's search gave no usable paper: {error}") from error


def _fields(entry: Element, arxiv_id: str, version: int) -> dict[str, object]:
    times = {1: entry.told("published"), version: entry.told("updated")}
    primary = entry.first("primary_category")
    terms = [primary, *entry.all("category")] if primary else entry.all("category")
    names = (author.told("name") for author in entry.all("author"))
    return {
        "id": arxiv_id,
        "title": entry.told("title"),
        "abstract": entry.told("summary"),
        "authors": ", ".join(names),
        "categories": " ".join(one.attributes.get("term", "") for one in terms),
        "comments": entry.told("comment"),
        "journal-ref": entry.told("journal_ref"),
        "doi": entry.told("doi"),
        "versions": [
            {"version": f"v{number}", "created": time.strip()} for number, time in times.items()
        ],
    }
