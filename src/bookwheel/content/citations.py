"""Papers as other programs read them: RIS, CSL-JSON, Markdown and CSV.

Leaves out: BibTeX (`bibtex.py`) and which papers (`queries/taken_out.py`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from bookwheel.content.bibtex import bibliography
from bookwheel.content.clean import clean
from bookwheel.content.plain import to_text
from bookwheel.core.paper_ids import home_of

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-])")
# What spreadsheets take for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper with all that a citation may say; TeX in title and abstract is as it was given."""

    title: str
    authors: tuple[tuple[str, ...], ...]  # family name, given names, suffix
    arxiv_id: str = ""
    first_date: date = date(1, 1, 1)  # year 1: not known
    dated: bool = False  # whether more than the year is known
    doi: str = ""
    journal_ref: str = ""
    abstract: str = ""
    categories: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    state: str = ""  # liked, later, read

    @property
    def link(self) -> str:
        """Where it can be read."""
        if self.arxiv_id:
            return home_of(self.arxiv_id).page()
        return f"https://doi.org/{self.doi}" if self.doi else self.url

    @property
    def year(self) -> str:
        """The year, or nothing."""
        return str(self.first_date.year) if self.first_date.year > 1 else ""


def plain(text: str) -> str:
    """One line without TeX, and without what cannot be seen."""
    return " ".join(clean(to_text(text)).split())


def to_bibtex(papers: Iterable[Cited]) -> str:
    """Write BibTeX."""
    return bibliography(papers) + "\n"


def to_ris(papers: Iterable[Cited]) -> str:
    """Write RIS, with the line ends that it asks for."""
    return "".join(_ris(paper) for paper in papers)


def _ris(paper: Cited) -> str:
    lines = [("TY", "JOUR" if paper.journal_ref else "UNPB"), ("TI", plain(paper.title))]
    lines += [("AU", _inverted(name)) for name in paper.authors]
    lines += [
        ("PY", paper.year),
        ("DA", paper.first_date.strftime("%Y/%m/%d") if paper.dated else ""),
        ("JO", plain(paper.journal_ref)),
        ("DO", _doi(paper)),
        ("AN", home_of(paper.arxiv_id).label if paper.arxiv_id else ""),
        ("UR", paper.link),
        ("AB", plain(paper.abstract)),
        *(("KW", plain(tag)) for tag in paper.tags),
        ("N1", plain(paper.note)),
    ]
    written = "".join(f"{name}  - {value}\r\n" for name, value in lines if value)
    return f"{written}ER  - \r\n\r\n"


def _inverted(name: tuple[str, ...]) -> str:
    """Family, given, suffix; a comma behind a collaboration keeps its words together."""
    parts = [part for part in map(plain, name) if part]
    return ", ".join(parts) if len(parts) > 1 else "".join(f"{part}," for part in parts)


def _doi(paper: Cited) -> str:
    return (paper.doi.split() or [home_of(paper.arxiv_id).doi])[0]


def to_csl(papers: Iterable[Cited]) -> str:
    """Write CSL-JSON."""
    items = [_csl(paper, number) for number, paper in enumerate(papers, 1)]
    return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode() + "\n"


def _csl(paper: Cited, number: int) -> dict[str, Any]:
    when = paper.first_date
    parts = [when.year, when.month, when.day] if paper.dated else [when.year]
    item = {
        "id": paper.arxiv_id or _doi(paper) or f"private-{number}",
        "type": "article-journal" if paper.journal_ref else "article",
        "title": plain(paper.title),
        "author": [_person(name) for name in paper.authors],
        "issued": {"date-parts": [parts]} if paper.year else None,
        "container-title": plain(paper.journal_ref),
        "DOI": _doi(paper),
        "URL": paper.link,
        "number": home_of(paper.arxiv_id).label if paper.arxiv_id else "",
        "abstract": plain(paper.abstract),
        "keyword": ",".join(plain(tag).replace(",", " ") for tag in paper.tags),
        "annote": plain(paper.note),
    }
    return {name: value for name, value in item.items() if value}


def _person(name: tuple[str, ...]) -> dict[str, str]:
    family, given, suffix = (*(plain(part) for part in name), "", "")[:3]
    said = {"family": family, "given": given, "suffix": suffix}
    return {part: text for part, text in said.items() if text} if given else {"literal": family}


def to_markdown(papers: Iterable[Cited]) -> str:
    """Write a list; what would be markup in a title or a name is escaped."""
    return "".join(_markdown(paper) for paper in papers)


def _markdown(paper: Cited) -> str:
    link = paper.link.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    title = _escaped(paper.title)
    who = ", ".join(_escaped(" ".join(reversed(name[:2])).strip()) for name in paper.authors)
    line = f"- [{title}]({link})" if link.startswith("http") else f"- {title}"
    more = " ".join(filter(None, (who, f"({paper.year})" if paper.year else "")))
    tags = "".join(f" `{plain(tag).replace('`', '')}`" for tag in paper.tags)
    note = f"\n  {_escaped(paper.note)}" if paper.note else ""
    return f"{line} · {more}{tags}{note}\n"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", plain(text))


_COLUMNS = (
    "arxiv_id",
    "doi",
    "title",
    "authors",
    "year",
    "journal",
    "categories",
    "tags",
    "state",
    "link",
    "note",
)


def to_csv(papers: Iterable[Cited]) -> str:
    """Write a table. A cell that a spreadsheet would run as a formula begins with an apostrophe."""
    held = io.StringIO()
    table = csv.writer(held)
    table.writerow(_COLUMNS)
    for paper in papers:
        names = ("; ".join(" ".join(filter(None, reversed(name[:2]))) for name in paper.authors),)
        cells = (
            paper.arxiv_id,
            _doi(paper),
            paper.title,
            *names,
            paper.year,
            paper.journal_ref,
            paper.categories,
            "; ".join(paper.tags),
            paper.state,
            paper.link,
            paper.note,
        )
        table.writerow([_cell(cell) for cell in cells])
    return held.getvalue()


def _cell(text: str) -> str:
    made = plain(text)
    return f"'{made}" if made.startswith(_FORMULA) else made
