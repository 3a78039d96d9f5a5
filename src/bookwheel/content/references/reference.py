"""What a reference says of a paper, whatever file it came from.

All text in it is plain and clean: TeX, markup and what cannot be seen are gone.
Leaves out: which paper it is here (`queries/matching.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from bookwheel.content.clean import clean
from bookwheel.content.plain import to_text

LONGEST_TITLE, LONGEST_FIELD, LONGEST_TEXT = 1000, 500, 20_000
MOST_AUTHORS, MOST_TAGS = 1000, 50
_TEX = frozenset("\\{}$~&<`'-")


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry. Empty text and None stand for what it does not say."""

    title: str = ""
    authors: tuple[tuple[str, str], ...] = ()  # family name, given names
    year: int | None = None
    arxiv_id: str = ""  # without version
    doi: str = ""  # in small letters
    url: str = ""  # http or https
    venue: str = ""  # journal or proceedings
    abstract: str = ""
    note: str = ""  # the reader's own
    kind: str = ""  # as BibTeX names it: article, inproceedings, misc
    key: str = ""
    tags: tuple[str, ...] = ()
    line: int = 0  # where it begins, from 1
    source: str = ""  # as it was written, where that is of use


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and where; the rest was."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class References:
    """What was read: `form` is the format it was read as."""

    form: str
    entries: tuple[Reference, ...]
    problems: tuple[Problem, ...] = ()


def one_line(text: str, longest: int = LONGEST_FIELD) -> str:
    """Plain text on one line, TeX resolved, cut where it is too long."""
    text = clean(text[: 4 * longest])
    if _TEX.isdisjoint(text):
        return " ".join(text.split())[:longest].rstrip()
    return to_text(text)[:longest].rstrip()


def paragraphs(text: str) -> str:
    """Plain text that keeps its line ends."""
    lines = (one_line(line, LONGEST_TEXT) for line in clean(text[:LONGEST_TEXT]).splitlines())
    return "\n".join(lines).strip()


def distinct(names: list[str]) -> tuple[str, ...]:
    """Names without repetitions and empty ones, in order, at most `MOST_TAGS`."""
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_TAGS]
