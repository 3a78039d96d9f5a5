"""RIS, as reference managers export it.

Source: Research Information Systems, "RIS Format Specifications" (2001, 2011).
"""

from __future__ import annotations

import re
from collections import defaultdict

from bookwheel.content.references import identify
from bookwheel.content.references.names import inverted_name
from bookwheel.content.references.reference import (
    LONGEST_TITLE,
    MOST_AUTHORS,
    Problem,
    Reference,
    References,
    distinct,
    one_line,
    paragraphs,
)

_TAG = re.compile(r"^\ufeff?([A-Z][A-Z0-9])  ?- ?(.*)$")
_KINDS = {
    "JOUR": "article",
    "CPAPER": "inproceedings",
    "CONF": "inproceedings",
    "BOOK": "book",
    "CHAP": "incollection",
    "THES": "phdthesis",
    "RPRT": "techreport",
}
_Fields = dict[str, list[str]]


def read_ris(text: str) -> References:
    """Read all records; one that is not ended ends where the next begins."""
    found: list[Reference] = []
    problems: list[Problem] = []
    for line, fields in _records(text):
        entry = _reference(fields, line)
        if entry.title or entry.arxiv_id or entry.doi:
            found.append(entry)
        else:
            problems.append(Problem(line, "no title, arXiv identifier or DOI"))
    return References("ris", tuple(found), tuple(problems))


def _records(text: str) -> list[tuple[int, _Fields]]:
    records: list[tuple[int, _Fields]] = []
    fields: _Fields | None = None
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        match = _TAG.match(line)
        if match is None:
            if fields is not None and name and line.strip():
                fields[name][-1] += f"\n{line.strip()}"
            continue
        name = match[1]
        if name == "ER":
            fields = None
        elif name == "TY" or fields is None:
            fields = defaultdict(list)
            records.append((number, fields))
        if name != "ER" and fields is not None:
            fields[name].append(match[2].strip())
    return records


def _reference(fields: _Fields, line: int) -> Reference:
    linked = [
        one for name in ("UR", "L1", "L2", "M1", "M3", "N1", "AN", "JO") for one in fields[name]
    ]
    title = _first(fields, "TI", "T1", "CT", "BT")
    return Reference(
        title=one_line(title, LONGEST_TITLE),
        authors=tuple(
            name
            for one in (fields["AU"] + fields["A1"])[:MOST_AUTHORS]
            if (name := inverted_name(one))[0]
        ),
        year=identify.year([_first(fields, "PY", "Y1", "DA")]),
        arxiv_id=identify.arxiv_id([*fields["DO"], *linked, _first(fields, "T2", "JF"), title])
        or identify.arxiv_id([*fields["AN"], *fields["M1"]], bare=True),
        doi=identify.doi([*fields["DO"], *linked]),
        url=identify.link(linked),
        venue=one_line(_first(fields, "T2", "JF", "JO", "JA", "PB")),
        abstract=paragraphs(_first(fields, "AB", "N2")),
        note=paragraphs(_first(fields, "N1", "RN")),
        kind=_KINDS.get(_first(fields, "TY").upper(), "misc"),
        key=one_line(_first(fields, "ID"), 200),
        tags=distinct([one_line(word, 64) for line in fields["KW"] for word in line.split("\n")]),
        line=line,
    )


def _first(fields: _Fields, *names: str) -> str:
    return next((fields[name][0] for name in names if fields[name]), "")
