"""Authors: their names in letters, and the search for all that is theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from bookwheel.content.plain import to_text
from bookwheel.models import Paper
from bookwheel.web.jinja import url

FOLDED_AT = 8  # of more authors a card shows the first seven and the last
_PLAIN = re.compile(r"[\w .'-]+")


@dataclass(frozen=True)
class Author:
    """A name and where it leads."""

    name: str
    href: str


def full_name(family: str, given: str = "", suffix: str = "") -> str:
    """Give a name in its usual order, TeX turned into letters."""
    name = " ".join(filter(None, (given, family, suffix)))
    return name if _PLAIN.fullmatch(name) else to_text(name)


def author_links(paper: Paper) -> list[Author]:
    """All authors of a paper."""
    return [_author(*parts) for parts in paper.authors]


def shown_authors(paper: Paper) -> tuple[list[Author], int]:
    """The authors that a card has room for, the last one always; and how many are left out."""
    names = paper.authors
    if len(names) <= FOLDED_AT:
        return author_links(paper), 0
    shown = [*names[: FOLDED_AT - 1], names[-1]]
    return [_author(*parts) for parts in shown], len(names) - len(shown)


def _author(family: str, given: str = "", suffix: str = "") -> Author:
    name = full_name(family, given, suffix)
    return Author(name, author_search(name))


def author_search(name: str) -> str:
    """Address of the search for all that somebody wrote."""
    words = name.replace('"', " ").split()
    return search_address(f'au:"{" ".join(words)}"' if len(words) > 1 else f"au:{name}")


def search_address(text: str) -> str:
    """Address of what a search finds."""
    return f"{url('search')}?q={quote(text)}"
