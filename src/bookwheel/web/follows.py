"""Buttons to follow the authors of a paper, or no longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bookwheel.core.names import may_be_same
from bookwheel.core.text import words
from bookwheel.index.syntax import Phrase, Search, Word
from bookwheel.models import FollowedAuthor, Paper, Reader, SavedSearch
from bookwheel.queries.following import authors_of, searches_of
from bookwheel.web.authors import full_name

MOST = 100  # authors that the menu of a paper names; a collaboration has thousands


@dataclass(frozen=True)
class Follow:
    """One button: what it posts, and whether the author is followed already."""

    name: str
    gesture: str  # name of the address it posts to
    field: str
    value: str
    followed: bool


def follow_buttons(reader: Reader, paper: Paper) -> list[Follow]:
    """A button for each author of a paper."""
    mine = authors_of(reader)
    return [_button(mine, paper, place) for place in range(len(paper.authors[:MOST]))]


def _button(mine: list[FollowedAuthor], paper: Paper, place: int) -> Follow:
    parts: list[str] = [*paper.authors[place], ""]
    family, given = parts[:2]
    name = full_name(family, given)
    for author in mine:
        if may_be_same((author.family, author.given), (family, given)):
            return Follow(name, "do_unfollow", "which", str(author.pk), followed=True)
    return Follow(name, "do_follow", "author", f"{place} {paper.arxiv_id}", followed=False)


def searched_author(reader: Reader, search: Search, papers: Iterable[Paper]) -> Follow | None:
    """The button for the author whom a search asks for, if that is all that it asks for."""
    asked = search.required
    if search.wanted or not isinstance(asked, Word | Phrase) or asked.field != "au":
        return None
    wanted = set(words(asked.text if isinstance(asked, Word) else " ".join(asked.words)))
    found = [
        (paper, place)
        for paper in papers
        for place, name in enumerate(paper.authors)
        if wanted <= set(words(f"{name[1]} {name[0]}"))
    ]
    if not found:
        return None
    spellings = Counter(tuple(paper.authors[place][:2]) for paper, place in found)
    usual = spellings.most_common(1)[0][0]
    of = next(one for one in found if tuple(one[0].authors[one[1]][:2]) == usual)
    return _button(authors_of(reader), *of)


def saved(reader: Reader, text: str) -> SavedSearch | None:
    """The reader's saved search that says this."""
    wanted = " ".join(text.split())
    return next((one for one in searches_of(reader) if one.text == wanted), None)
