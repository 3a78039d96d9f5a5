"""Whether the references of a bibliography are what they say they are.

Each entry is matched by identifier, DOI and title, and what it says is held against the paper here.
An identifier that belongs to a paper of another title is the sign of a reference that somebody, or
some program, made up. Of what is not held here nothing can be said, and that is said.
Leaves out: reading files (`content/references/`) and writing entries (`content/mended.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum

from bookwheel.content.plain import to_text
from bookwheel.content.references.reference import Reference
from bookwheel.core.names import may_be_same
from bookwheel.core.text import words
from bookwheel.index.engine import Engine
from bookwheel.models import Paper
from bookwheel.queries import matching

NEAR = 0.7  # how alike two titles are, letter by letter, from which one may be meant by the other
HALF = 0.6  # share of a title's words that a text must have to be about it
LONG_TITLE = 4  # words from which a title within a text is proof by itself
FEWEST = 5  # words besides identifiers from which a text says what it is about
SHOWN = 8  # authors that are written out
_VERSION = re.compile(r"(?:\d{4}\.\d{4,5}|/\d{7})v(\d{1,3})\b")
_NO_TITLE = {"arxiv", "abs", "pdf", "org", "https", "http", "doi", "preprint"}
_OPEN = re.compile(r"\band\s+others\b|\bet\s+al\b", re.IGNORECASE)


class Verdict(Enum):
    """What became of an entry."""

    RIGHT = "right"
    DIFFERS = "differs"  # it is this paper, and some of what is said of it is wrong
    OTHER = "other"  # its identifier belongs to another paper
    UNKNOWN = "unknown"  # no such paper is held here


class Note(Enum):
    """What else is worth knowing of a paper that is cited."""

    NEWER = "newer"  # an old version is cited
    PUBLISHED = "published"  # and the entry does not say where
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"  # arXiv took it away


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what the entry says and what the paper says."""

    field: str  # arxiv, title, authors, year or doi
    said: str
    right: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry and what was found. With `OTHER`, `meant` is the paper of its title, if held."""

    entry: Reference
    verdict: Verdict
    paper: Paper | None = None
    meant: Paper | None = None
    differences: tuple[Difference, ...] = ()
    notes: tuple[Note, ...] = ()


def check(
    entries: Sequence[Reference], told: Callable[[int], None] = lambda _done: None
) -> Iterator[Checked]:
    """Check each entry; `told` hears how many are done. A title costs about 10 ms to look up."""
    named = matching.matched([replace(entry, title="") for entry in entries])
    papers = Paper.objects.in_bulk([match.paper for match in named if match.paper])
    opened = matching.opened()
    for done, (entry, match) in enumerate(zip(entries, named, strict=True), 1):
        paper = papers.get(match.paper) if match.paper else None
        yield _check(entry, paper, opened)
        told(done)


def _check(entry: Reference, named: Paper | None, opened: Engine | None) -> Checked:
    meant = None
    if named is None or not _is_about(entry, named):
        meant = _by_words(entry, opened)
    if named is not None and not _is_about(entry, named):
        return Checked(entry, Verdict.OTHER, named, meant, notes=tuple(_notes(entry, named)))
    paper = named or meant
    if paper is None:
        return Checked(entry, Verdict.UNKNOWN)
    differences = tuple(_differences(entry, paper))
    verdict = Verdict.DIFFERS if differences else Verdict.RIGHT
    return Checked(entry, verdict, paper, None, differences, tuple(_notes(entry, paper)))


def _is_about(entry: Reference, paper: Paper) -> bool:
    """Whether the entry may mean this paper by what it says."""
    title = words(to_text(paper.title))
    if entry.title:
        return _alike(words(entry.title), title) >= NEAR
    said = [word for word in words(entry.source) if word.isalpha() and word not in _NO_TITLE]
    if len(said) >= FEWEST:
        return _contained(title, words(entry.source)) or _names(entry, paper)
    return True  # it says little but the identifier


def _names(entry: Reference, paper: Paper) -> bool:
    """Whether the text has half of the title's words and the first author."""
    said = set(words(entry.source))
    title = set(words(to_text(paper.title)))
    family = words(paper.authors[0][0]) if paper.authors else []
    return len(said & title) >= HALF * len(title) and said.issuperset(family)


def _by_words(entry: Reference, opened: Engine | None) -> Paper | None:
    if opened is None:
        return None
    if entry.title:
        timeless = replace(entry, year=None)  # a wrong year is what we are here to find
        return matching.by_title(opened, timeless) or _near(timeless, opened)
    said = words(entry.source)
    for paper in matching.candidates(opened, said):
        title = words(to_text(paper.title))
        by_author = len(title) > 1 and _names(entry, paper)
        if _contained(title, said) and (len(title) >= LONG_TITLE or by_author):
            return paper
    return None


def _near(entry: Reference, opened: Engine) -> Paper | None:
    """A paper of almost this title, by one of the authors."""
    wanted = words(entry.title)
    for paper in matching.candidates(opened, wanted):
        alike = _alike(wanted, words(to_text(paper.title)))
        if alike >= NEAR and entry.authors and matching.agree(entry, paper, len(wanted)):
            return paper
    return None


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike two titles are, 0 to 1 (Ratcliff and Obershelp's ratio of letters in common)."""
    first, second = " ".join(one), " ".join(other)
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _contained(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words stand in the text one after another."""
    joined = f" {' '.join(part)} "
    return bool(part) and joined in f" {' '.join(whole)} "


def _differences(entry: Reference, paper: Paper) -> Iterator[Difference]:
    if entry.arxiv_id and entry.arxiv_id != paper.arxiv_id:
        yield Difference("arxiv", entry.arxiv_id, paper.arxiv_id)
    title = to_text(paper.title)
    if entry.title and words(entry.title) != words(title):
        yield Difference("title", entry.title, title)
    if entry.authors and (told := _other_authors(entry, paper)):
        yield Difference("authors", *told)
    first, last = paper.first_date.year, paper.last_date.year + matching.YEARS
    if entry.year is not None and not first <= entry.year <= last:
        yield Difference("year", str(entry.year), str(first))
    if entry.doi and paper.doi and entry.doi not in paper.doi.lower():
        yield Difference("doi", entry.doi, paper.doi)


def _other_authors(entry: Reference, paper: Paper) -> tuple[str, str] | None:
    """The authors who differ, as said and as they are; a list of another length differs whole.

    One that ends in “and others” may end anywhere.
    """
    said, authors = entry.authors, paper.authors
    is_open = _OPEN.search(entry.source) is not None
    if len(said) > len(authors) or (len(said) < len(authors) and not is_open):
        return _listed(said), _listed(authors)
    pairs = [
        (name, author)
        for name, author in zip(said, authors, strict=False)
        if not may_be_same(name, (author[0], author[1]))
    ]
    if not pairs:
        return None
    return _listed([name for name, _ in pairs]), _listed([author for _, author in pairs])


def _listed(names: Sequence[Sequence[str]]) -> str:
    shown = [" ".join(filter(None, (name[1], name[0]))) for name in names[:SHOWN]]
    return ", ".join(shown) + (f", … ({len(names)})" if len(names) > SHOWN else "")


def _notes(entry: Reference, paper: Paper) -> Iterator[Note]:
    cited = [int(number) for number in _VERSION.findall(f"{entry.source} {entry.url}")]
    if cited and max(cited) < paper.versions[-1][0]:
        yield Note.NEWER
    if (paper.doi or paper.journal_ref) and not (entry.doi or entry.venue) and entry.title:
        yield Note.PUBLISHED
    if paper.withdrawn:
        yield Note.WITHDRAWN
    if paper.deleted:
        yield Note.REMOVED
