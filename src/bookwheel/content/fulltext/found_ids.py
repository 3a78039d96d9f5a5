"""Identifiers in an entry of a list of references: arXiv's and DOIs.

Leaves out: looking anything up; entries that name neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from bookwheel.core.identifiers import ArxivId
from bookwheel.errors import IdentifierError

_NEW = r"\d{4}\.\d{4,5}(?:v\d{1,2})?"
_OLD = r"[a-z][a-z-]{1,15}(?:\.[a-z]{2,3})?/\d{7}(?:v\d{1,2})?"
_ARXIV = re.compile(
    rf"(?:arxiv(?:\.org/[a-z]{{3,6}}/|[.:\s]*(?:e-?prints?|preprint)?[:\s]*)|\babs/|\beprint[:\s]+)"
    rf"(?:arxiv[:\s]*)?(?P<told>{_NEW}|{_OLD})(?!\d)"
    rf"|(?<![\w./-])(?P<bare>{_OLD})(?!\d)|(?<![\w./-])(?P<listed>{_NEW})(?=\s*\[[a-z])",
    re.ASCII | re.IGNORECASE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}\\|]{1,200}")
_LATER = (("(", ")"), ("[", "]"))


def arxiv_ids(text: str, links: Iterable[str] = ()) -> tuple[str, ...]:
    """Identifiers without version of the papers on arXiv that are named, each once."""
    found = (match["told"] or match["bare"] or match["listed"] for match in _matches(text, links))
    return tuple(dict.fromkeys(filter(None, map(_base, found))))


def dois(text: str, links: Iterable[str] = ()) -> tuple[str, ...]:
    """DOIs that are named, each once, but for those that arXiv gives."""
    found = (
        _trimmed(match[0]) for part in (text, *map(unquote, links)) for match in _DOI.finditer(part)
    )
    return tuple(dict.fromkeys(doi for doi in found if not doi.lower().startswith("10.48550/")))


def _matches(text: str, links: Iterable[str]) -> Iterable[re.Match[str]]:
    for part in (text, *links):
        yield from _ARXIV.finditer(part)


def _base(told: str) -> str:
    try:
        return ArxivId.parse(told).base
    except IdentifierError:
        return ""


def _trimmed(doi: str) -> str:
    """Without what belongs to the sentence around it."""
    before = ""
    while before != doi:
        before = doi
        doi = doi.rstrip(".,;:'*&")
        for opening, closing in _LATER:
            if doi.endswith(closing) and doi.count(closing) > doi.count(opening):
                doi = doi[:-1]
    return doi
