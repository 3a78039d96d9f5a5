"""CSL-JSON: what Zotero, Mendeley and Better CSL JSON export, and Zotero's own API gives.

Source: the schema `csl-data.json` of the Citation Style Language, 1.0.2.
"""

from __future__ import annotations

import json
import re
from typing import Any

from bookwheel.content.references import identify
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

_KINDS = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
# What titles may hold by the schema; all else is text.
_MARKUP = re.compile(r"</?(?:i|b|em|sub|sup|sc|span)(?: [^<>]{0,80})?>", re.IGNORECASE)
_LINKS = ("URL", "note", "number", "archive_location", "container-title", "publisher", "archive")


def read_csl(text: str) -> References:
    """Read a list of items, one item, or an object that has them under `items`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return References("csl", (), (Problem(getattr(error, "lineno", 1), "this is not JSON"),))
    items = data.get("items", [data]) if isinstance(data, dict) else data
    found: list[Reference] = []
    problems: list[Problem] = []
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        entry = _reference(item, number) if isinstance(item, dict) else Reference()
        if entry.title or entry.arxiv_id or entry.doi:
            found.append(entry)
        else:
            problems.append(Problem(number, "no title, arXiv identifier or DOI"))
    return References("csl", tuple(found), tuple(problems))


def _reference(item: dict[str, Any], number: int) -> Reference:
    linked = [_text(item, name) for name in _LINKS]
    return Reference(
        title=one_line(_MARKUP.sub("", _text(item, "title")), LONGEST_TITLE),
        authors=_authors(item.get("author")),
        year=_year(item),
        arxiv_id=identify.arxiv_id([_text(item, "DOI"), *linked, _text(item, "title")])
        or identify.arxiv_id([_text(item, "arxiv"), _text(item, "number")], bare=True),
        doi=identify.doi([_text(item, "DOI"), *linked]),
        url=identify.link(linked),
        venue=one_line(_text(item, "container-title") or _text(item, "publisher")),
        abstract=paragraphs(_text(item, "abstract")),
        note=paragraphs(_text(item, "annote")),
        kind=_KINDS.get(_text(item, "type"), "misc"),
        key=one_line(_text(item, "citation-key") or _text(item, "id"), 200),
        tags=distinct([one_line(word, 64) for word in _text(item, "keyword").split(",")]),
        line=number,
    )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name, "")
    if isinstance(value, list):  # Crossref writes titles so
        value = value[0] if value else ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _authors(people: object) -> tuple[tuple[str, str], ...]:
    found = []
    for one in people[:MOST_AUTHORS] if isinstance(people, list) else []:
        if isinstance(one, dict):
            particle = _text(one, "non-dropping-particle") or _text(one, "dropping-particle")
            family = one_line(f"{particle} {_text(one, 'family') or _text(one, 'literal')}", 200)
            found.append((family, one_line(_text(one, "given"), 200)))
    return tuple(name for name in found if name[0])


def _year(item: dict[str, Any]) -> int | None:
    issued = item.get("issued")
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        issued = str(parts) if parts else str(issued.get("raw") or issued.get("literal") or "")
    return identify.year([issued] if isinstance(issued, str) else [])
