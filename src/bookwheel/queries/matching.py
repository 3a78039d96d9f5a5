"""Which papers here are meant by references that people bring along.

By arXiv identifier, then by DOI, then by title: the same words, and no author or year that speaks
against it. A wrong match is worse than none, so a title alone does not do if it is short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower

from bookwheel.content.plain import to_text
from bookwheel.content.references.reference import Reference
from bookwheel.core.names import may_be_same
from bookwheel.core.rxiv_ids import RxivId
from bookwheel.core.text import words
from bookwheel.errors import IdentifierError, IndexMissingError, QueryError
from bookwheel.index.engine import Engine
from bookwheel.index.query import Filters
from bookwheel.index.syntax import parse
from bookwheel.models import Paper
from bookwheel.queries.engine import engine

AT_ONCE = 500  # values in one database query
LOOKED_AT = 5  # best papers by words of a title
SHORT = 4  # words up to which a title alone is no proof
YEARS = 2  # by which a published version may be later than the first, or the other way round


@dataclass(frozen=True, slots=True)
class Match:
    """The paper that a reference means, if it is here; how: "arxiv", "doi", "title" or ""."""

    paper: int | None = None
    how: str = ""


def matched(
    entries: Sequence[Reference], told: Callable[[int], None] = lambda _done: None
) -> list[Match]:
    """Match each entry; `told` hears how many are done."""
    ids = {entry.arxiv_id for entry in entries} | {_preprint(entry.doi) for entry in entries}
    by_id = numbers("arxiv_id", ids)
    dois = {entry.doi for entry in entries if entry.doi and entry.arxiv_id not in by_id}
    by_doi = numbers("small_doi", dois)
    index = opened()
    found = []
    for done, entry in enumerate(entries, 1):
        found.append(_match(index, entry, by_id, by_doi))
        told(done)
    return found


def _match(
    opened: Engine | None, entry: Reference, by_id: dict[str, int], by_doi: dict[str, int]
) -> Match:
    if number := by_id.get(entry.arxiv_id):
        return Match(number, "arxiv")
    if number := by_doi.get(entry.doi) or by_id.get(_preprint(entry.doi)):
        return Match(number, "doi")
    if opened and entry.title and not entry.arxiv_id and (paper := by_title(opened, entry)):
        return Match(paper.pk, "title")
    return Match()


def _preprint(doi: str) -> str:
    """The identifier of the preprint that a DOI names, or ""."""
    try:
        return RxivId.parse(doi).base
    except IdentifierError:
        return ""


def opened() -> Engine | None:
    """The index, if there is one."""
    try:
        return engine()
    except IndexMissingError:
        return None


def numbers(field: str, values: set[str]) -> dict[str, int]:
    """Numbers of papers by a field that names them: "arxiv_id" or "small_doi"."""
    known = Paper.objects.exclude(doi="").annotate(small_doi=Lower("doi"))
    papers = known if field == "small_doi" else Paper.objects.all()
    found: dict[str, int] = {}
    for part in _parts(sorted(values - {""})):
        found |= dict(papers.filter(**{f"{field}__in": part}).values_list(field, "pk"))
    return found


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def by_title(opened: Engine, entry: Reference) -> Paper | None:
    """The paper of this title, if authors and year agree."""
    wanted = words(entry.title)
    for paper in candidates(opened, wanted):
        if words(to_text(paper.title)) == wanted and agree(entry, paper, len(wanted)):
            return paper
    return None


def candidates(opened: Engine, wanted: list[str]) -> Iterable[Paper]:
    """The papers that have most of the words, best first."""
    try:
        search = parse(" ".join(wanted)[:900])
    except QueryError:
        return []
    if not search.wanted:
        return []
    rows, _scores = opened.lexical.best(search, Filters(), LOOKED_AT)
    numbers = opened.columns.papers[rows].tolist()
    papers = Paper.objects.in_bulk(numbers)
    return [papers[number] for number in numbers if number in papers]


def agree(entry: Reference, paper: Paper, words_of_title: int) -> bool:
    """Whether nothing but the title speaks against it being the same; a short one needs proof."""
    if entry.year is not None:
        first, last = paper.first_date.year - YEARS, paper.last_date.year + YEARS
        if not first <= entry.year <= last:
            return False
    if entry.authors and paper.authors:
        return any(
            may_be_same(author, (name[0], name[1]))
            for author in entry.authors
            for name in paper.authors
        )
    return words_of_title > SHORT
