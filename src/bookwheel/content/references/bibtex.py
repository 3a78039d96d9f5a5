"""BibTeX and BibLaTeX into references: which field says what."""

from __future__ import annotations

import re

from bookwheel.content.references import identify
from bookwheel.content.references.bibtex_scan import RawEntry, entries
from bookwheel.content.references.names import bibtex_names
from bookwheel.content.references.reference import (
    LONGEST_TITLE,
    Problem,
    Reference,
    References,
    distinct,
    one_line,
    paragraphs,
)

_VENUES = ("journal", "journaltitle", "booktitle", "school", "institution", "publisher")
_LINKS = ("url", "howpublished", "note", "annote", "eprint", "journal", "volume", "number", "file")
_BETWEEN = re.compile(r"[,;]")


def read_bibtex(text: str) -> References:
    """Read all entries; one that says nothing is a problem, one that is broken is both."""
    found: list[Reference] = []
    problems: list[Problem] = []
    for raw in entries(text):
        entry = _reference(raw)
        named = f" ({raw.key})" if raw.key else ""
        if not (entry.title or entry.arxiv_id or entry.doi):
            problems.append(Problem(raw.line, f"no title, arXiv identifier or DOI{named}"))
            continue
        if raw.flaw:
            problems.append(Problem(raw.line, f"{raw.flaw}{named}; what could be read was kept"))
        found.append(entry)
    return References("bibtex", tuple(found), tuple(problems))


def _reference(raw: RawEntry) -> Reference:
    fields = raw.fields
    linked = [fields[name] for name in _LINKS if name in fields]
    return Reference(
        title=one_line(fields.get("title", ""), LONGEST_TITLE),
        authors=bibtex_names(fields.get("author") or fields.get("editor", "")),
        year=identify.year([fields.get("year", ""), fields.get("date", "")]),
        arxiv_id=_arxiv_id(fields, linked),
        doi=identify.doi([fields.get("doi", ""), fields.get("url", ""), fields.get("note", "")]),
        url=identify.link(linked),
        venue=one_line(next((fields[name] for name in _VENUES if fields.get(name)), "")),
        abstract=paragraphs(fields.get("abstract", "")),
        note=paragraphs(fields.get("annote") or fields.get("annotation", "")),
        kind=raw.kind,
        key=one_line(raw.key, 200),
        tags=distinct([one_line(word, 64) for word in _BETWEEN.split(fields.get("keywords", ""))]),
        line=raw.line,
        source=raw.source,
    )


def _arxiv_id(fields: dict[str, str], linked: list[str]) -> str:
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").strip().lower()
    own = [fields.get(name, "") for name in ("arxivid", "arxiv")]
    if kind == "arxiv":
        own.insert(0, fields.get("eprint", ""))
    return identify.arxiv_id(own, bare=True) or identify.arxiv_id(
        [fields.get("doi", ""), *linked, fields.get("title", "")]
    )
