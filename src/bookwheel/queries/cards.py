"""What a list of papers shows: each paper with what the reader did with it and why it is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bookwheel.core.encoder import Share
from bookwheel.models import FollowedAuthor, Paper, SavedSearch, Tag


@dataclass(frozen=True)
class Reason:
    """One reason for a paper's place, with its share of the score (1.0 is all of it).

    kind: "word", "author", "category", "vector" (meaning as a whole), "lexical" (matched words),
    "paper" (label is the title of the nearest liked paper, `arxiv_id` its identifier).
    """

    kind: str
    label: str
    share: float
    arxiv_id: str = ""


@dataclass(frozen=True)
class Card:
    """One paper in a list, as one reader sees it."""

    paper: Paper
    liked: bool = False
    hidden: bool = False
    read: bool = False
    later: bool = False
    tags: tuple[Tag, ...] = ()
    score: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)  # of a search: what each signal gave
    ranked_for: tuple[Tag, ...] = ()  # tags whose taste put it here
    reasons: tuple[Reason, ...] = ()
    matched: tuple[str, ...] = ()  # words of the search, as tokens, for highlighting
    authors: tuple[FollowedAuthor, ...] = ()  # of its authors, those whom the reader follows
    searches: tuple[SavedSearch, ...] = ()  # saved searches that found it
    folded: tuple[Paper, ...] = ()  # papers that say nearly the same, which this one stands for
    # What each place of title and abstract gave, where the reader wants to see it.
    shades: tuple[tuple[Share, ...], tuple[Share, ...]] | None = None
    explored: bool = False  # from beyond the line, to find what the tags do not know
    kept_by: int = 0  # readers of this site, in the list of what they keep most


@dataclass(frozen=True)
class Listing:
    """One page of a list."""

    cards: tuple[Card, ...]
    page: int
    pages: int
    total: int
    took_ms: float
    understood: str = ""  # what a search was understood as
    # Code of why it is empty: no_papers, not_indexed, no_tags, nothing_kept, nothing_later,
    # too_few_keep or no_match.
    empty: str = ""
    redirect_to: str = ""  # an arXiv id, when the search was one: the page goes straight to it
    days: dict[int, str] = field(
        default_factory=dict
    )  # position of a card -> ISO day heading before it
