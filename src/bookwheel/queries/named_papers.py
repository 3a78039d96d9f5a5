"""Which papers here the entries of a list of references mean.

By arXiv identifier, then by DOI, then by title: the title stands in the entry between marks that
can begin and end one, an author of the paper is named before it, and no year speaks
against it. A wrong link is worse than none.
Leaves out: bibliographies with fields of their own (`matching.py`), storing what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bookwheel.content.plain import to_text
from bookwheel.core.document import Reference
from bookwheel.core.text import fold, spans, words
from bookwheel.errors import IndexDamagedError, IndexMissingError
from bookwheel.index.engine import Engine
from bookwheel.models import Paper
from bookwheel.queries.engine import engine
from bookwheel.queries.matching import YEARS, candidates, numbers

MOST = 600  # entries of one list that are looked for by title, 15 ms each
_SHORTEST = 2  # words of a title
_WORDS = 40  # of an entry that are searched for
_YEAR = re.compile(r"(?<![\d:./-])(?:19|20)\d{2}(?=[a-z]?\b)(?![:/-]\d)")
_BEFORE = re.compile(r"(?:^|[.,;:?!)\]\"“‘'`*’”}]|\d[a-z]?)\s*[\"“‘'`*{(]*\s*$")
_AFTER = re.compile(r"\s*(?:$|[.,;?!\"”’'`*})(\[]|(?:In|in|arXiv|CoRR|Proc|Tech|Ph|PhD|URL)\b|\d)")


def named_papers(references: Sequence[Reference]) -> dict[str, Paper]:
    """Papers by the ids of the references that mean them."""
    by_id = numbers("arxiv_id", {one for each in references for one in each.arxiv_ids})
    by_doi = numbers("small_doi", {one.lower() for each in references for one in each.dois})
    found: dict[str, int] = {}
    rest = []
    for each in references:
        known = [by_id[one] for one in each.arxiv_ids if one in by_id]
        known += [by_doi[one.lower()] for one in each.dois if one.lower() in by_doi]
        if known:
            found[each.id] = known[0]
        elif not each.arxiv_ids:
            rest.append(each)
    papers = Paper.objects.in_bulk(set(found.values()))
    made = {name: papers[number] for name, number in found.items() if number in papers}
    return made | _by_titles(rest[:MOST])


def _by_titles(references: Iterable[Reference]) -> dict[str, Paper]:
    try:
        opened = engine()
    except (IndexMissingError, IndexDamagedError):
        return {}
    found = ((each.id, by_title(opened, each.text)) for each in references)
    return {name: paper for name, paper in found if paper}


def by_title(opened: Engine, text: str) -> Paper | None:
    """The paper whose title stands in the text of an entry, if authors and year agree."""
    placed = spans(text)
    told = [word for _start, _end, word in placed]
    asked = [word for word in dict.fromkeys(told) if len(word) > 1 and not word.isdigit()]
    for paper in candidates(opened, asked[:_WORDS]):
        title = words(to_text(paper.title))
        place = _place(told, title)
        if len(title) < _SHORTEST or place is None:
            continue
        start, end = placed[place][0], placed[place + len(title) - 1][1]
        if _stands_alone(text, start, end) and _agrees(text, start, end, paper, len(title)):
            return paper
    return None


def _place(told: Sequence[str], title: Sequence[str]) -> int | None:
    """Where the words of a title stand in those of an entry."""
    length = len(title)
    return next(
        (at for at in range(len(told) - length + 1) if told[at : at + length] == title), None
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    return bool(_BEFORE.search(text[:start]) and _AFTER.match(text, end))


def _agrees(text: str, start: int, end: int, paper: Paper, length: int) -> bool:
    """Whether years and authors agree; of a short title the first author must be named."""
    years = [int(year) for year in _YEAR.findall(text[:start] + " " + text[end:])]
    first, last = paper.first_date.year - YEARS, paper.last_date.year + YEARS
    if years and not any(first <= year <= last for year in years):
        return False
    around = set(re.findall(r"\w+", fold(text[:start])))
    names = [re.findall(r"\w+", fold(name[0])) for name in paper.authors if name[0]]
    needed = names[:1] if length <= 4 else names
    return any(set(name) <= around for name in needed if name)
