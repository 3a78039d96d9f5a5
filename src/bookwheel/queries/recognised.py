"""Which papers a text names that somebody pasted: links, identifiers, a bibliography."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from bookwheel.content.references.read import read_references
from bookwheel.content.references.reference import Reference, References
from bookwheel.core.names import may_be_same
from bookwheel.core.steering import author_label, author_parts
from bookwheel.core.text import author_hashes, words
from bookwheel.errors import IndexMissingError, QueryError
from bookwheel.index import exact
from bookwheel.index.query import Query
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.queries.engine import engine

MOST = 5000  # entries of one text
BY_TITLE = 300  # of them looked for by title, each a search
THEIRS = 200  # papers of one author that are offered


@dataclass(frozen=True)
class Recognised:
    """The papers that are here, and what is said of the rest."""

    papers: tuple[Paper, ...] = ()
    awaited: tuple[str, ...] = ()  # identifiers of arXiv that are not here
    unknown: tuple[str, ...] = field(default_factory=tuple)  # titles and lines without a paper


def recognised(text: str) -> Recognised:
    """Find the papers of a text, each once, in its order. Never raises."""
    read = _read(text)
    entries = read.entries[:MOST]
    by_id = {
        paper.arxiv_id: paper
        for paper in Paper.objects.filter(arxiv_id__in={one.arxiv_id for one in entries})
    }
    papers: dict[int, Paper] = {}
    awaited, unknown = [], [problem.reason for problem in read.problems]
    unknown += [_said(one) for one in read.entries[MOST:]]
    looked = 0
    for one in entries:
        found = by_id.get(one.arxiv_id)
        if found is None and not one.arxiv_id and one.title and looked < BY_TITLE:
            looked += 1
            found = _titled(one.title)
        if found:
            papers[found.pk] = found
        elif one.arxiv_id:
            awaited.append(one.arxiv_id)
        else:
            unknown.append(_said(one))
    return Recognised(
        tuple(papers.values()), tuple(dict.fromkeys(awaited)), tuple(dict.fromkeys(unknown))
    )


def _read(text: str) -> References:
    """Read a bibliography and the links that stand around its entries, or one of both."""
    read = read_references(text)
    if read.form != "bibtex":
        return read
    for one in read.entries:
        text = text.replace(one.source, "\n") if one.source else text
    around = read_references(text, "links")
    return replace(
        read,
        entries=(*read.entries, *around.entries),
        problems=(*read.problems, *around.problems),
    )


def _said(one: Reference) -> str:
    return one.title or one.doi or one.arxiv_id


def _titled(title: str) -> Paper | None:
    """The paper of exactly this title, whatever its capitals and accents."""
    wanted = words(title)
    try:
        search = parse(f'ti:"{" ".join(wanted)}"')
        hits = engine().search(Query(search=search, k=5))
    except (QueryError, IndexMissingError):
        return None
    same = (paper for paper in Paper.objects.filter(pk__in=hits.papers.tolist()))
    return next((paper for paper in same if words(paper.title) == wanted), None)


def papers_by(name: str) -> list[Paper]:
    """Papers of whoever has this name, the newest first.

    Raises:
        ValueError: it is no name.
        IndexMissingError: nothing was indexed yet.
    """
    wanted = author_parts(author_label(name))
    opened = engine()
    rows = exact.by_authors(opened, author_hashes([wanted]))
    rows = rows[opened.columns.live[rows]]
    rows = rows[np.argsort(-opened.columns.days[rows], kind="stable")]
    numbers = opened.columns.papers[rows].tolist()
    held = Paper.objects.in_bulk(numbers)
    return list(_theirs(wanted, (held[one] for one in numbers if one in held)))[:THEIRS]


def _theirs(wanted: tuple[str, str], papers: Iterable[Paper]) -> Iterable[Paper]:
    for paper in papers:
        if any(may_be_same(wanted, (name[0], name[1])) for name in paper.authors):
            yield paper
