"""arXiv identifiers, DOIs, years and links out of the fields that people put them in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from bookwheel.content.clean import clean
from bookwheel.core.papers import ArxivId
from bookwheel.errors import IdentifierError

_ID = r"(?:\d{4}\.\d{4,5}|[a-z]{2,}(?:-[a-z]{2,})?(?:\.[a-z]{2})?/\d{7})(?:v\d{1,3})?"
_LINK = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html|format|src|e-print)/|arxiv\s?[:.]\s?|alphaxiv\.org/abs/"
    rf"|huggingface\.co/papers/)({_ID})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_BARE = re.compile(rf"\s*({_ID})\s*(?:\[[\w.-]+\])?\s*", re.IGNORECASE | re.ASCII)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)", re.ASCII)
_WEB = re.compile(r"https?://[^\s\"<>{}|\\^`]+", re.IGNORECASE | re.ASCII)
_LONGEST = 2000


def arxiv_id(texts: Iterable[str], *, bare: bool = False) -> str:
    """Find the first identifier, without its version; with `bare`, one that stands alone too."""
    for text in texts:
        for match in _LINK.finditer(text[:_LONGEST]):
            if found := _checked(match[1]):
                return found
        if bare and (alone := _BARE.fullmatch(text[:_LONGEST])) and (found := _checked(alone[1])):
            return found
    return ""


def doi(texts: Iterable[str]) -> str:
    """Find the first DOI, in small letters; arXiv's own are none, for they name the identifier."""
    for text in texts:
        for match in _DOI.finditer(unquote(text[:_LONGEST].replace("\\_", "_"))):
            found = _unpaired(match[0].rstrip(".,;:'")).lower()
            if not found.startswith("10.48550/"):
                return found
    return ""


def year(texts: Iterable[str]) -> int | None:
    """Find the first number that can be a year."""
    for text in texts:
        if match := _YEAR.search(text[:_LONGEST]):
            return int(match[1])
    return None


def link(texts: Iterable[str]) -> str:
    """Find the first address of the web."""
    for text in texts:
        if match := _WEB.search(clean(text[:_LONGEST]).replace("\\", "")):
            return match[0].rstrip(".,;)'")
    return ""


def _checked(text: str) -> str:
    try:
        return ArxivId.parse(text).base
    except IdentifierError:
        return ""


def _unpaired(text: str) -> str:
    """Without a closing bracket that belongs to the sentence around it."""
    while text.endswith((")", "]")) and text.count("(") < text.count(")") + text.count("]"):
        text = text[:-1].rstrip(".,;:'")
    return text
