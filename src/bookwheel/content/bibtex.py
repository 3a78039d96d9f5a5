"""BibTeX entries of papers.

The key is the first author's family name, the year of the first version and the first word of the
title that means something: `vaswani2017attention`.
Leaves out: how text becomes TeX that is safe (`totex.py`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from bookwheel.content.plain import to_text
from bookwheel.content.totex import to_tex
from bookwheel.core.paper_ids import home_of
from bookwheel.core.stop_words import STOP_WORDS
from bookwheel.core.text import words

_NOT_IN_KEY = re.compile("[^a-z0-9]")
_NOT_IN_ID = re.compile(r"[^\w./-]", re.ASCII)
_DOI = re.compile(r"10\.[0-9]{4,9}/[\w.;()/:<>+-]+", re.ASCII)
_LONGEST_KEY_PART = 40
_SEVERAL = re.compile(r",|\band\b", re.IGNORECASE)  # what BibTeX would take for more than one name


class Citable(Protocol):
    """A paper as the database holds it."""

    @property
    def arxiv_id(self) -> str:
        """The identifier without its version."""

    @property
    def title(self) -> str:
        """The title, TeX included."""

    @property
    def authors(self) -> Sequence[Sequence[str]]:
        """Family name, given names and suffix of each."""

    @property
    def categories(self) -> str:
        """Separated by spaces, the primary one first."""

    @property
    def first_date(self) -> date:
        """Day of the first version."""

    @property
    def doi(self) -> str:
        """Of the published version, if there is one."""

    @property
    def journal_ref(self) -> str:
        """Where it was published, in the authors' words."""


def bibtex(paper: Citable, *, key: str = "") -> str:
    """Write one entry; `key` is made from the paper if it is not given."""
    arxiv_id = _NOT_IN_ID.sub("", paper.arxiv_id)
    home = home_of(arxiv_id)
    doi = _DOI.search(paper.doi or home.doi)
    fields = {
        "title": to_tex(paper.title, keep_capitals=True),
        "author": " and ".join(filter(None, (_name(*author) for author in paper.authors))),
        "year": str(paper.first_date.year) if paper.first_date.year > 1 else "",
        "eprint": arxiv_id,
        "archivePrefix": home.name if arxiv_id else "",
        "primaryClass": _NOT_IN_ID.sub("", paper.categories.partition(" ")[0]),
        "doi": doi[0] if doi else "",
        "note": to_tex(paper.journal_ref),
        "url": home.page() if arxiv_id else "",
    }
    lines = (f"  {name:<13} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key or entry_key(paper)},\n{''.join(lines)}}}"


def bibliography(papers: Iterable[Citable]) -> str:
    """Write the entries of several papers; equal keys get a letter behind them."""
    used: set[str] = set()
    entries = []
    for paper in papers:
        key = next(key for key in _keys(entry_key(paper)) if key not in used)
        used.add(key)
        entries.append(bibtex(paper, key=key))
    return "\n\n".join(entries)


def entry_key(paper: Citable) -> str:
    """Make the key of a paper: small ASCII letters and digits."""
    family = _for_key(paper.authors[0][0]) if paper.authors else ""
    telling = (_for_key(word) for word in words(paper.title) if word not in STOP_WORDS)
    word = next(filter(None, telling), "")
    if not family and not word:
        return "arxiv" + _for_key(paper.arxiv_id)
    return f"{family}{paper.first_date.year}{word}"


def _keys(key: str) -> Iterator[str]:
    yield key
    yield from (key + letter for letter in string.ascii_lowercase)
    number = 1
    while True:
        yield f"{key}-{number}"
        number += 1


def _for_key(text: str) -> str:
    return _NOT_IN_KEY.sub("", "".join(words(to_text(text))))[:_LONGEST_KEY_PART]


def _name(family: str, given: str = "", suffix: str = "") -> str:
    parts = [_protected(part) for part in (family, suffix, given) if part.strip()]
    if len(parts) == 1 and " " in parts[0] and not parts[0].startswith("{"):
        return f"{{{parts[0]}}}"  # a collaboration, not a given and a family name
    return ", ".join(parts)


def _protected(part: str) -> str:
    tex = to_tex(part)
    return f"{{{tex}}}" if _SEVERAL.search(tex) else tex
