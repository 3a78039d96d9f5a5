"""What a paper is, apart from any database: its text, authors, versions and dates.

Leaves out: where papers come from (`arxiv/`) and where they are kept (`models/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bookwheel.core.identifiers import ArxivId

__all__ = ["ArxivId", "Author", "Paper", "Version"]


@dataclass(frozen=True, slots=True)
class Author:
    """One author's name in the parts that arXiv gives."""

    family: str
    given: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a paper: its number from 1 and the time of its submission, ISO 8601 in UTC."""

    number: int
    created: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in its latest version."""

    arxiv_id: str
    title: str
    abstract: str
    authors: tuple[Author, ...]
    categories: tuple[str, ...]  # the primary one first
    versions: tuple[Version, ...]
    first_date: date
    last_date: date
    comments: str = ""
    journal_ref: str = ""
    doi: str = ""
    report_no: str = ""
    license: str = ""
    submitter: str = ""
    announced: date | None = None
    withdrawn: bool = False  # by its authors; its record and earlier versions stay
    updated: date | None = None  # when arXiv last changed the record, with or without a new version
