"""Identifiers of papers of any source, and where such a paper is at home on the web.

A paper is known by one text everywhere: arXiv's identifier, or the DOI of a bioRxiv or medRxiv
preprint. Leaves out: how each is read (`identifiers.py`, `rxiv_ids.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bookwheel.core.identifiers import ArxivId
from bookwheel.core.rxiv_ids import RxivId
from bookwheel.core.rxiv_taxonomy import SERVERS
from bookwheel.errors import IdentifierError

PaperId = ArxivId | RxivId
RXIV_PREFIXES = ("10.1101/", "10.64898/")


def parse_id(text: str) -> PaperId:
    """Read an identifier or link of any source.

    Raises:
        IdentifierError: it is none.
    """
    try:
        return RxivId.parse(text)
    except IdentifierError:
        return ArxivId.parse(text)


def is_arxiv(identifier: str) -> bool:
    """Whether an identifier, as papers are known by, is arXiv's."""
    return not identifier.startswith(RXIV_PREFIXES)


@dataclass(frozen=True, slots=True)
class Home:
    """The addresses of one paper at its source, and how it is cited."""

    name: str  # of the source, for people
    source: str  # the same for programs: "arxiv", "biorxiv" or "medrxiv"
    identifier: str
    label: str  # `arXiv:1706.03762`, or a DOI
    doi: str  # of the preprint itself; arXiv's are not given

    def page(self, version: int | None = None) -> str:
        """Its page, in one version or the latest."""
        if self.source == "arxiv":
            return f"https://arxiv.org/abs/{self._named(version)}"
        if version is None:
            return f"https://doi.org/{self.identifier}"
        return f"https://www.{self.source}.org/content/{self._named(version)}"

    def pdf(self, version: int | None = None) -> str:
        """Its PDF."""
        if self.source == "arxiv":
            return f"https://arxiv.org/pdf/{self._named(version)}"
        return f"https://www.{self.source}.org/content/{self._named(version or 1)}.full.pdf"

    def html(self, version: int | None = None) -> str:
        """Its text as a page."""
        if self.source == "arxiv":
            return f"https://arxiv.org/html/{self._named(version)}"
        return f"https://www.{self.source}.org/content/{self._named(version or 1)}.full"

    def _named(self, version: int | None) -> str:
        return self.identifier if version is None else f"{self.identifier}v{version}"


@lru_cache(maxsize=8192)
def home_of(identifier: str) -> Home:
    """Where a paper is at home, by the identifier that it is known by here."""
    if is_arxiv(identifier):
        return Home("arXiv", "arxiv", identifier, f"arXiv:{identifier}", "")
    server = RxivId(identifier).server
    return Home(SERVERS[server][0], server, identifier, f"doi:{identifier}", identifier)
