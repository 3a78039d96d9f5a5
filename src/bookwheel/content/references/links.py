"""A list of links or identifiers, one or more on a line, in whatever text stands around them."""

from __future__ import annotations

import re

from bookwheel.content.references import identify
from bookwheel.content.references.reference import Problem, Reference, References, one_line

_WORD = re.compile(r"[^\s,;|<>\"'()\[\]]+")


def read_links(text: str) -> References:
    """Give each paper that the lines name once; a line that names none is a problem."""
    found: dict[tuple[str, str], Reference] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        named = _named(line, number)
        if not named:
            problems.append(
                Problem(number, f"no arXiv identifier or DOI in “{one_line(line, 60)}”")
            )
        for entry in named:
            found.setdefault((entry.arxiv_id, entry.doi), entry)
    return References("links", tuple(found.values()), tuple(problems))


def _named(line: str, number: int) -> list[Reference]:
    found = []
    for word in _WORD.findall(line):
        arxiv_id = identify.arxiv_id([word], bare=True)
        doi = "" if arxiv_id else identify.doi([word])
        if arxiv_id or doi:
            found.append(Reference(arxiv_id=arxiv_id, doi=doi, line=number))
    if not found and (arxiv_id := identify.arxiv_id([line])):  # `arXiv: 1706.03762`
        found.append(Reference(arxiv_id=arxiv_id, line=number))
    return found
