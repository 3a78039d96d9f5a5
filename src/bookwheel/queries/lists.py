"""Every list of papers that Bookwheel shows, each one a `Query` to the engine."""

from __future__ import annotations

from dataclasses import dataclass

from bookwheel.models import Paper, Reader, Tag
from bookwheel.queries.cards import Listing

PAGE = 25


@dataclass(frozen=True)
class Choices:
    """What a reader chose in the filter bar; every field is part of the address of the view."""

    days: int | None = None  # only papers of the last N days before the newest one held
    since: str = ""  # ISO day, first day included
    until: str = ""  # ISO day, last day included
    category: str = ""  # "cs.LG", or an archive: "cs"
    hide_mine: bool = False  # leave out what is liked or tagged
    first_versions: bool = False  # leave out papers that were replaced
    page: int = 1


def newest(reader: Reader, choices: Choices) -> Listing:
    """All papers, newest announcement first."""
    raise NotImplementedError


def for_you(reader: Reader, choices: Choices) -> Listing:
    """Ranked by all that the reader likes: the best over the tags and the likes."""
    raise NotImplementedError


def by_tags(reader: Reader, tags: list[Tag], choices: Choices) -> Listing:
    """Ranked by the taste of one tag, or the best over several."""
    raise NotImplementedError


def search(reader: Reader, text: str, choices: Choices, sort: str = "relevance") -> Listing:
    """Search; `sort` is "relevance", "date" or "tag:NAME". Raises QueryError."""
    raise NotImplementedError


def similar(reader: Reader, paper: Paper, choices: Choices) -> Listing:
    """Papers like one paper."""
    raise NotImplementedError


def random(reader: Reader, choices: Choices, seed: int) -> Listing:
    """A shuffle of all papers that a seed makes repeatable, so that pages and back work."""
    raise NotImplementedError


def library(reader: Reader, choices: Choices, tag: Tag | None = None) -> Listing:
    """What the reader keeps (likes and tags), newest kept first."""
    raise NotImplementedError
