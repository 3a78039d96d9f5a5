"""One decoded record of the dump to one `Paper`, strictly: a wrong type anywhere is an error.

White space is folded. In an abstract, a line that begins with white space, or follows an empty one,
begins a paragraph (that is how arXiv stores them); paragraphs are separated by one line end, and
within them there is none.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bookwheel.arxiv.names import split_names
from bookwheel.arxiv.times import utc
from bookwheel.core import categories
from bookwheel.core.papers import ArxivId, Author, Paper, Version
from bookwheel.errors import PaperError

_PARAGRAPH = re.compile(r"\r?\n\s*\n|\r?\n(?=[ \t])")
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()}
# As authors say it in the comment, and arXiv in place of the abstract.
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|manuscript|submission|preprint|work) (?:has been|is|was) withdrawn\b"
    r"|^withdrawn\b",
    re.IGNORECASE,
)
_NOTICE = 400  # characters of the longest notice that stands in place of an abstract
_VERSION = re.compile(r"v([1-9][0-9]{0,3})")


def paper_from(record: Any) -> Paper:
    """Build the paper.

    Raises:
        PaperError: with a reason of a few words.
    """
    if not isinstance(record, dict):
        raise PaperError("not a JSON object")
    versions = _versions(record)
    abstract = _paragraphs(_text(record, "abstract"))
    comments = fold(_text(record, "comments"))
    return Paper(
        arxiv_id=_identifier(record),
        title=fold(_text(record, "title")) or _missing("title"),
        abstract=abstract,
        authors=_authors(record),
        categories=categories.from_record(_text(record, "categories")) or _missing("category"),
        versions=versions,
        first_date=date.fromisoformat(versions[0].created[:10]),
        last_date=date.fromisoformat(versions[-1].created[:10]),
        comments=comments,
        journal_ref=fold(_text(record, "journal-ref")),
        doi=fold(_text(record, "doi")),
        report_no=fold(_text(record, "report-no")),
        license=fold(_text(record, "license")),
        submitter=fold(_text(record, "submitter")),
        announced=_day(record, "announced"),
        withdrawn=record.get("withdrawn") is True or _is_withdrawn(comments, abstract),
        updated=_day(record, "update_date"),
    )


def _is_withdrawn(comments: str, abstract: str) -> bool:
    """The abstract counts only while it is short: a long one may tell of other papers."""
    short = abstract if len(abstract) < _NOTICE else ""
    return bool(_WITHDRAWN.search(comments) or _WITHDRAWN.search(short))


def fold(text: str) -> str:
    """One line: each run of white space becomes a space; control characters go."""
    if "  " in text or not text.isprintable():  # a space is the only printable white space
        text = " ".join(text.translate(_CONTROLS).split())
    return text.strip()


def _missing(what: str) -> Any:
    raise PaperError(f"no {what}")


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise PaperError(f"{key} is not text")
    return value


def _identifier(record: dict[str, Any]) -> str:
    return ArxivId.parse(_text(record, "id") or _missing("id")).base


def _paragraphs(text: str) -> str:
    if "\n" not in text:
        return fold(text)
    return "\n".join(filter(None, map(fold, _PARAGRAPH.split(text))))


def _authors(record: dict[str, Any]) -> tuple[Author, ...]:
    names = record.get("authors_parsed") or []
    if not isinstance(names, list):
        raise PaperError("authors_parsed is not a list")
    return tuple(map(_author, names)) or split_names(fold(_text(record, "authors")))


def _author(parts: Any) -> Author:
    """Family name, given names, suffix; affiliations that follow are left out."""
    if not isinstance(parts, list) or not parts:
        raise PaperError("an author is not a list of names")
    family, given, suffix = (*parts, "", "")[:3]
    if not (isinstance(family, str) and isinstance(given, str) and isinstance(suffix, str)):
        raise PaperError("an author's name is not text")
    return Author(fold(family), fold(given), fold(suffix))


def _versions(record: dict[str, Any]) -> tuple[Version, ...]:
    """All versions, oldest first; where none are told, one from the day of the last update."""
    listed = record.get("versions") or []
    if not isinstance(listed, list):
        raise PaperError("versions is not a list")
    if not listed:
        day = _day(record, "update_date") or _missing("date")
        return (Version(1, f"{day.isoformat()}T00:00:00Z"),)
    return tuple(sorted(map(_version, listed), key=lambda version: version.number))


def _version(told: Any) -> Version:
    if not isinstance(told, dict):
        raise PaperError("a version is not an object")
    label = _VERSION.fullmatch(_text(told, "version"))
    if not label:
        raise PaperError("a version has no number")
    return Version(int(label[1]), utc(_text(told, "created")))


def _day(record: dict[str, Any], key: str) -> date | None:
    text = _text(record, key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise PaperError(f"{key} is not a day") from error
