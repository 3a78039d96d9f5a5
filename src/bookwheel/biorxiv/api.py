"""The interface of bioRxiv and medRxiv: addresses of requests, and answers.

Source: https://api.biorxiv.org, as its own help describes `/details`. Leaves out: asking
(`servers.py`), what a record's fields mean (`records.py`), when to ask for what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from bookwheel.arxiv.lines import Problem, problem
from bookwheel.biorxiv.records import paper_from
from bookwheel.core.papers import Paper
from bookwheel.core.rxiv_ids import RxivId
from bookwheel.errors import AbsentError, PaperError, SourceError

MEDIA_TYPES = ("application/json", "text/json", "text/html", "text/plain")  # it is not always right
_NOTHING = "no posts found"


@dataclass
class Page:
    """A part of a list. Records are single versions, as papers with that one version."""

    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # records that are none, by their place
    total: int = 0  # of the whole list
    cursor: int = 0  # place of the first of them in it

    @property
    def following(self) -> int:
        """Place of the next one; 0 when this was the last page."""
        count = len(self.papers) + len(self.problems)
        return self.cursor + count if count and self.cursor + count < self.total else 0


def list_address(base: str, server: str, first: date, last: date, cursor: int) -> str:
    """Where the versions posted between two days are, both included."""
    return f"{base}/details/{server}/{first}/{last}/{cursor}/json"


def paper_address(base: str, server: str, identifier: RxivId) -> str:
    """Where all versions of one preprint are."""
    return f"{base}/details/{server}/{identifier.base}/na/json"


def read(body: bytes, server: str) -> Page:
    """What an answer holds; a list of nothing is an empty page.

    Raises:
        SourceError: it is damaged, or an error.
    """
    try:
        told = orjson.loads(body)
        message = told["messages"][0]
        status = str(message["status"]).strip()
        if status.lower().startswith(_NOTHING):
            return Page()
        if status.lower() != "ok":
            raise SourceError(f"The server says: {status[:200]}.")
        page = Page(total=int(message.get("total", 0)), cursor=int(message.get("cursor") or 0))
        collection = told["collection"]
        if not isinstance(collection, list):
            raise TypeError("collection is no list")
    except (orjson.JSONDecodeError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise SourceError("The answer is not of bioRxiv's interface, or was cut off.") from error
    for place, record in enumerate(collection, page.cursor + 1):
        _take(page, place, record, server)
    page.total = page.total or len(collection)  # it is not told of single preprints
    return page


def _take(page: Page, place: int, record: Any, server: str) -> None:
    try:
        page.papers.append(paper_from(record, server))
    except PaperError as error:
        page.problems.append(problem(place, str(error), orjson.dumps(record)))


def read_versions(body: bytes, server: str) -> list[Paper]:
    """All versions of one preprint, oldest first.

    Raises:
        AbsentError: the server has none.
        SourceError: as in `read`.
    """
    found = sorted(read(body, server).papers, key=lambda one: one.versions[0].number)
    if not found:
        raise AbsentError("The server has no such preprint.")
    return found
