"""Papers out of dumps for one run of the bench, without storing them.

Records may lack a category and a date here, which an import needs: what is measured needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from bookwheel.arxiv.lines import Problem, problem, read
from bookwheel.arxiv.records import paper_from
from bookwheel.core.papers import Paper
from bookwheel.errors import InputError, PaperError
from bookwheel.index.dates import day_number
from bookwheel.index.writer import IndexedPaper

_STAND_INS = {"categories": "cs.OH", "update_date": "1991-08-14"}


def papers(path: Path, remark: Callable[[str], None]) -> Iterator[Paper]:
    """All papers of a dump; `remark` is told how many lines hold none.

    Raises:
        InputError: the file cannot be read, or holds no paper at all.
    """
    bad, found = list[Problem](), False
    try:
        with path.open("rb") as file:
            for item in read(file):
                paper = item if isinstance(item, Problem) else _paper(*item)
                if isinstance(paper, Problem):
                    bad.append(paper)
                else:
                    found = True
                    yield paper
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    told = f"line {bad[0].line:,}: {bad[0].reason}" if bad else "it is empty"
    if not found:
        raise InputError(f"{path} holds no paper in the format of arXiv's dump; {told}.")
    if bad:
        remark(f"{path}: {len(bad):,} lines hold no paper; the first is {told}.")


def _paper(number: int, line: bytes) -> Paper | Problem:
    try:
        return _lenient(orjson.loads(line))
    except orjson.JSONDecodeError as error:
        return problem(number, f"not JSON: {error}", line)
    except PaperError as error:
        return problem(number, str(error), line)


def _lenient(record: Any) -> Paper:
    if not isinstance(record, dict):
        return paper_from(record)
    told = {key: value for key, value in record.items() if value}
    paper = paper_from(_STAND_INS | told)
    return paper if "categories" in told else replace(paper, categories=())


def indexed(paper: Paper, number: int) -> IndexedPaper:
    """What the index needs of a paper."""
    return IndexedPaper(
        number=number,
        changed=number,
        arxiv_id=paper.arxiv_id,
        title=paper.title,
        abstract=paper.abstract,
        authors=[(name.family, name.given, name.suffix) for name in paper.authors],
        categories=" ".join(paper.categories),
        day=day_number(paper.announced or paper.first_date),
        replaced=len(paper.versions) > 1,
    )
