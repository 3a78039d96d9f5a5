"""The search language, second half: tokens to a tree, by recursive descent.

    search    = item*                       words next to each other: all hold, best first
    item      = both ("OR" both)*
    both      = one ("AND" one)*
    one       = "-" one | field one | "(" search ")" | phrase | word

Leaves out: what a token is (`lexer.py`) and how the result is said in words (`wording.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bookwheel.core.categories import find_category
from bookwheel.core.paper_ids import parse_id
from bookwheel.errors import IdentifierError, QueryError
from bookwheel.index.dates import period
from bookwheel.index.lexer import FIELD_NAMES, Token
from bookwheel.index.tree import (
    AllOf,
    AnyOf,
    Dated,
    HasId,
    InCategory,
    Node,
    Not,
    Phrase,
    Withdrawn,
    Word,
)

DEEPEST = 20  # conditions within conditions
MOST = 40  # conditions; phrases of frequent words take 50 ms each over 380,000 papers
_OUTSIDE = "[]{},.;:!?'`*&%$/\\"  # punctuation around a word, not part of it
_MEANINGFUL = ("", "ti", "abs")  # fields whose words say what the paper is about
_LABELS = {"and": "AND", "or": "OR", "not": "NOT"}


class Parser:
    """Reads tokens once, from left to right.

    `wanted` and `meaning` collect the plain words and all positive words on the way.
    """

    def __init__(self, tokens: list[Token], today: date | None) -> None:
        self.tokens = tokens
        self.today = today
        self.at = 0
        self.depth = 0
        self.negated = False
        self.leaves = 0
        self.wanted: list[Word] = []
        self.meaning: list[str] = []

    @property
    def next(self) -> Token:
        """The token to be read."""
        return self.tokens[self.at]

    def take(self) -> Token:
        """Read one token."""
        self.at += 1
        return self.tokens[self.at - 1]

    def search(self) -> Node | None:
        """Read everything; plain words are put into `wanted`, the conditions are returned."""
        conditions = []
        while self.next.kind != "end":
            if self.next.kind == ")":
                raise QueryError(
                    "This bracket closes nothing. Take it away, or open one before it.",
                    self.next.start,
                )
            begin = self.at
            item = self.item("")
            if self.only_words(begin):
                words = [word for word in _flat(item) if isinstance(word, Word)]
                self.wanted += words
                self.leaves -= len(words)
            elif item:
                conditions.append(item)
            if self.leaves > MOST:
                raise QueryError(
                    f"More than {MOST} conditions stand here. Plain words are none: write those, "
                    "or fewer conditions.",
                    self.tokens[begin].start,
                )
        return _all_of(conditions)

    def only_words(self, begin: int) -> bool:
        """Whether what was read since `begin` is a plain word, or brackets around plain words."""
        return all(token.kind in ("word", "(", ")") for token in self.tokens[begin : self.at])

    def item(self, field: str) -> Node | None:
        """Read an item; None if it is only punctuation."""
        if self.next.kind == "word" and not _has_letters(self.next.text):
            self.take()
            return None
        return self.joined("or", AnyOf, lambda: self.joined("and", AllOf, lambda: self.one(field)))

    def joined(
        self, operator: str, group: Callable[[tuple[Node, ...]], Node], part: Callable[[], Node]
    ) -> Node:
        """Read parts with one operator between them."""
        parts = [part()]
        while self.next.kind == operator:
            self.take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else group(tuple(parts))

    def one(self, field: str) -> Node:
        """Read one thing, with what stands before it."""
        token = self.next
        match token.kind:
            case "not":
                return self.deeper(lambda: self.without(field))
            case "field":
                return self.deeper(self.in_field)
            case "(":
                return self.deeper(lambda: self.group(field))
            case "word" | "phrase" if _has_letters(token.text):
                return self.leaf(self.take(), field)
        raise self.missing()

    def deeper(self, read: Callable[[], Node]) -> Node:
        """Read something inside something."""
        if self.depth == DEEPEST:
            raise QueryError(
                f"More than {DEEPEST} brackets or signs stand inside each other here. "
                "Write the search with fewer.",
                self.next.start,
            )
        self.depth += 1
        node = read()
        self.depth -= 1
        return node

    def without(self, field: str) -> Node:
        """Read what is to be left out."""
        self.take()
        self.negated = not self.negated
        node = self.one(field)
        self.negated = not self.negated
        return node.node if isinstance(node, Not) else Not(node)

    def in_field(self) -> Node:
        """Read what a field is to hold; the innermost field counts."""
        token = self.take()
        if self.next.kind in ("end", ")", "or", "and"):
            raise QueryError(
                f"Nothing follows “{token.text}”. Write what to look for right after the colon.",
                token.start,
            )
        return self.one(FIELD_NAMES[token.text[:-1].lower()])

    def group(self, field: str) -> Node:
        """Read from one bracket to its partner."""
        opening = self.take()
        items = []
        while self.next.kind not in (")", "end"):
            items.append(self.item(field))
        if self.next.kind == "end":
            raise QueryError(
                "This bracket is not closed. Close it, or take it away.", opening.start
            )
        self.take()
        node = _all_of([item for item in items if item])
        if node is None:
            raise QueryError(
                "There is nothing between these brackets. Write words in them, or take them away.",
                opening.start,
            )
        return node

    def leaf(self, token: Token, field: str) -> Node:
        """Make a condition of one word or phrase."""
        self.leaves += 1
        if field == "date":
            return self.dated(token)
        words = [part.strip(_OUTSIDE) for part in token.text.split() if _has_letters(part)]
        text = " ".join(words)
        if field == "cat":
            return _in_category(text, token.start)
        if field == "is":
            return _is(text, token.start)
        if field == "id":
            return _has_id(text, token.start)
        if not self.negated and field in _MEANINGFUL:
            self.meaning.append(text)
        return Word(text, field) if len(words) == 1 else Phrase(tuple(words), field)

    def dated(self, token: Token) -> Dated:
        """Make a condition on the date."""
        try:
            return period(token.text.strip(), today=self.today)
        except ValueError as error:
            raise QueryError(str(error), token.start) from error

    def missing(self) -> QueryError:
        """Say that something is missing where the parser stands, and before or after what."""
        here = self.next
        before = self.tokens[self.at - 1] if self.at else None
        if before and before.kind in _LABELS:
            return QueryError(
                f"Nothing to search for follows {_shown(before)} "
                "Write a word or a phrase after it, or take it away.",
                before.start,
            )
        if here.kind in _LABELS:
            return QueryError(
                f"Nothing stands before {_shown(here)} Write a word or a phrase before it.",
                here.start,
            )
        return QueryError(
            "There is nothing to search for here. Write a word or a phrase.", here.start
        )


def _shown(token: Token) -> str:
    return f"{token.text}." if token.text.isalpha() else f"“{token.text}”."


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _all_of(nodes: list[Node]) -> Node | None:
    """One node for all of them, with nothing nested that need not be."""
    flat = [inner for node in nodes for inner in _flat(node)]
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _flat(node: Node | None) -> tuple[Node, ...]:
    """All that must hold; nothing for None."""
    if node is None:
        return ()
    return node.nodes if isinstance(node, AllOf) else (node,)


def _in_category(text: str, position: int) -> InCategory:
    try:
        return InCategory(find_category(text))
    except ValueError as error:
        raise QueryError(str(error), position) from error


def _is(text: str, position: int) -> Withdrawn:
    if text.lower() != "withdrawn":
        raise QueryError("Only is:withdrawn is known, and -is:withdrawn.", position)
    return Withdrawn()


def _has_id(text: str, position: int) -> HasId:
    try:
        return HasId(parse_id(text).base)
    except IdentifierError as error:
        raise QueryError(str(error), position) from error
