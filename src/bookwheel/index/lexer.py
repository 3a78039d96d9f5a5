"""The search language, first half: text to tokens.

Decides what is an operator and what is only punctuation, so that a pasted title is a list of words.
Leaves out: how tokens make a tree (`grammar.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bookwheel.errors import QueryError

# What a reader may write -> the name of the field; "" is any field.
FIELD_NAMES = {
    "ti": "ti",
    "title": "ti",
    "au": "au",
    "author": "au",
    "abs": "abs",
    "abstract": "abs",
    "cat": "cat",
    "category": "cat",
    "id": "id",
    "arxiv": "id",
    "date": "date",
    "is": "is",
    "all": "",
}
_OPERATORS = {"AND": ("and",), "OR": ("or",), "NOT": ("not",), "ANDNOT": ("and", "not")}

# Quotation marks and full-width signs that keyboards and word processors write; one for one, so
# that positions stay.
_PLAIN = str.maketrans("“”„‟«»＂（）：｜－−　", '"""""""():|-- ')

_SPACE = re.compile(r"\s+")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_FIELD = re.compile(r"([^\W\d_]+):")
_VALUE = re.compile(r'[\w"(]')
# Brackets inside a word, as in f(x) or p(x|y), belong to it.
_WORD = re.compile(r'[^\s()"|]+(?:\([^\s()"]*\)[^\s()"|]*)*')


@dataclass(frozen=True, slots=True)
class Token:
    """kind: "word", "phrase", "field", "(", ")", "and", "or", "not" or "end"."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> list[Token]:
    """Split a search into tokens; the last one is "end".

    Raises:
        QueryError: a quotation mark is not closed, or a field is unknown.
    """
    return [*_Lexer(text.translate(_PLAIN)).run(), Token("end", "", len(text))]


class _Lexer:
    """Walks over the text once; `at` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.opens = True  # an item may begin here: a minus sign is then an operator

    def run(self) -> Iterator[Token]:
        while self.at < len(self.text):
            if space := _SPACE.match(self.text, self.at):
                self.at = space.end()
                self.opens = True
            else:
                yield from self.item()

    def item(self) -> list[Token]:
        char = self.text[self.at]
        if char == '"':
            return [self.phrase()]
        if char in "()":
            return [self.take(char, 1, opens=char == "(")]
        if char == "|":
            return [self.take("or", 2 if self.text.startswith("||", self.at) else 1, opens=True)]
        if char == "-":
            return self.dash()
        return self.field() or self.word()

    def take(self, kind: str, length: int, *, opens: bool = False) -> Token:
        token = Token(kind, self.text[self.at : self.at + length], self.at)
        self.at += length
        self.opens = opens
        return token

    def phrase(self) -> Token:
        end = self.text.find('"', self.at + 1)
        if end < 0:
            raise QueryError(
                "This quotation mark is not closed. Add another one, or take this one away.",
                self.at,
            )
        quoted = self.take("phrase", end + 1 - self.at)
        return Token("phrase", quoted.text[1:-1], quoted.start)

    def dash(self) -> list[Token]:
        """One minus before an item takes it away; any other is punctuation."""
        rest = self.text[self.at :]
        length = len(rest) - len(rest.lstrip("-"))
        glued = not rest[length : length + 1].isspace() and length < len(rest)
        if length == 1 and glued and self.opens:
            return [self.take("not", 1, opens=True)]
        self.at += length
        return []

    def field(self) -> list[Token]:
        match = _FIELD.match(self.text, self.at)
        if not match or _URL.match(self.text, self.at):
            return []
        name = match[1]
        glued = self.text[match.end() : match.end() + 1].strip()
        if name.lower() in FIELD_NAMES and (glued or name.islower()):
            return [self.take("field", len(match[0]), opens=True)]
        if _VALUE.match(self.text, match.end()):
            raise QueryError(_unknown(name), self.at)
        return []

    def word(self) -> list[Token]:
        match = _URL.match(self.text, self.at) or _WORD.match(self.text, self.at)
        assert match, "every character that is not handled before can begin a word"
        if kinds := _OPERATORS.get(match[0]):
            start = self.at
            self.take("word", len(match[0]))
            return [Token(kind, match[0], start) for kind in kinds]
        return [self.take("word", len(match[0]))]


def _unknown(name: str) -> str:
    return (
        f"There is no field “{name}”. The fields are ti: (title), au: (author), abs: (abstract), "
        "cat: (category), id:, date: and is:. For the text itself, write a space after the colon."
    )
