"""The search language: text to a syntax tree.

Plain words are wishes: the more of them a paper has, the better, and its meaning counts too. All
else is a condition: "phrases", `-not`, `OR` groups, parentheses and `field:` items must hold.
`docs/search.md` describes it for readers. Leaves out: how a tree is looked up (`lexical.py`).
"""

from __future__ import annotations

from datetime import date

from bookwheel.core.paper_ids import parse_id
from bookwheel.errors import IdentifierError, QueryError
from bookwheel.index.grammar import Parser
from bookwheel.index.lexer import tokens
from bookwheel.index.tree import (
    AllOf,
    AnyOf,
    Dated,
    HasId,
    InCategory,
    Node,
    Not,
    Phrase,
    Search,
    Withdrawn,
    Word,
)
from bookwheel.index.wording import in_words

__all__ = [
    "LONGEST",
    "AllOf",
    "AnyOf",
    "Dated",
    "HasId",
    "InCategory",
    "Node",
    "Not",
    "Phrase",
    "Search",
    "Withdrawn",
    "Word",
    "parse",
]

LONGEST = 1000  # characters


def parse(text: str, *, today: date | None = None) -> Search:
    """Parse what a reader typed; `date:7d` and its like are understood only if `today` is given.

    Raises:
        QueryError: with the position of what cannot be understood.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:  # half a character, from bytes that are not UTF-8
        raise QueryError("This is not a character. Take it away.", error.start) from None
    if len(text) > LONGEST:
        raise QueryError(
            f"A search may have {LONGEST:,} characters and this one has {len(text):,}. Shorten it.",
            LONGEST,
        )
    if paper := _paper(text):
        return Search(paper=paper, understood=f"paper {paper}")
    parser = Parser(tokens(text), today)
    required = parser.search()
    wanted = tuple(parser.wanted)
    return Search(wanted, required, " ".join(parser.meaning), in_words(wanted, required))


def _paper(text: str) -> str:
    """The identifier, if the whole text is one or is a link to one."""
    try:
        return parse_id(text.strip()).base
    except IdentifierError:
        return ""
