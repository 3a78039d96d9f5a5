"""Zotero's own exports: RDF and CSV.

Source: Zotero's translators `Zotero RDF.js` and `CSV.js`. Better BibTeX and CSL-JSON, which Zotero
writes too, are read by `bibtex.py` and `csl.py`.
"""

from __future__ import annotations

import csv
import io
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

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

_NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "bib": "http://purl.org/net/biblio#",
    "z": "http://www.zotero.org/namespaces/export#",
}
_KINDS = {
    "journalArticle": "article",
    "conferencePaper": "inproceedings",
    "book": "book",
    "bookSection": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
_NO_ITEMS = {"attachment", "note", "annotation"}


def read_zotero_rdf(text: str) -> References:
    """Read the items of an RDF export; collections become tags."""
    try:
        root = fromstring(text.encode())
    except (ParseError, DefusedXmlException, UnicodeEncodeError):
        return References("zotero-rdf", (), (Problem(1, "this is not XML that can be read"),))
    collections = _collections(root)
    venues = {_about(one): _text(one, "dc:title") for one in root if _about(one).startswith("urn:")}
    found: list[Reference] = []
    problems: list[Problem] = []
    for number, item in enumerate(root, 1):
        kind = _text(item, "z:itemType")
        if not kind or kind in _NO_ITEMS:
            continue
        entry = _rdf_reference(item, kind, collections, venues)
        if entry.title or entry.arxiv_id or entry.doi:
            found.append(entry)
        else:
            problems.append(Problem(number, "no title, arXiv identifier or DOI"))
    return References("zotero-rdf", tuple(found), tuple(problems))


def _collections(root: Element) -> dict[str, list[str]]:
    """Names of the collections that each item is in."""
    held: dict[str, list[str]] = {}
    for collection in root.iterfind("z:Collection", _NAMES):
        name = _text(collection, "dc:title")
        for part in collection.iterfind("dcterms:hasPart", _NAMES):
            held.setdefault(part.get(f"{{{_NAMES['rdf']}}}resource", ""), []).append(name)
    return held


def _rdf_reference(
    item: Element, kind: str, collections: dict[str, list[str]], venues: dict[str, str]
) -> Reference:
    links = [_about(item), *(each.text or "" for each in item.iterfind(".//rdf:value", _NAMES))]
    said = [each.text or "" for each in item.iterfind(".//dc:identifier", _NAMES)]
    extra = _text(item, "dc:description")
    subjects = ["".join(each.itertext()).strip() for each in item.iterfind("dc:subject", _NAMES)]
    part_of = item.find("dcterms:isPartOf", _NAMES)
    part = part_of.get(f"{{{_NAMES['rdf']}}}resource", "") if part_of is not None else ""
    inside = item.find("dcterms:isPartOf/*", _NAMES)
    venue = _text(inside, "dc:title") if inside is not None else venues.get(part, "")
    title = _text(item, "dc:title")
    return Reference(
        title=one_line(title, LONGEST_TITLE),
        authors=_people(item),
        year=identify.year([_text(item, "dc:date")]),
        arxiv_id=identify.arxiv_id([*said, *links, extra, part, venue]),
        doi=identify.doi([*said, part, extra, *links]),
        url=identify.link(links),
        venue=one_line(venue),
        abstract=paragraphs(_text(item, "dcterms:abstract")),
        kind=_KINDS.get(kind, "misc"),
        tags=distinct(
            [one_line(name, 64) for name in [*collections.get(_about(item), []), *subjects]]
        ),
    )


def _people(item: Element) -> tuple[tuple[str, str], ...]:
    people = item.findall("bib:authors//foaf:Person", _NAMES)[:MOST_AUTHORS]
    names = (
        (one_line(_text(each, "foaf:surname"), 200), one_line(_text(each, "foaf:givenName"), 200))
        for each in people
    )
    return tuple(name for name in names if name[0])


def _about(item: Element) -> str:
    return item.get(f"{{{_NAMES['rdf']}}}about", "")


def _text(item: Element, path: str) -> str:
    return (item.findtext(path, "", _NAMES) or "").strip()


def read_zotero_csv(text: str) -> References:
    """Read a CSV export; the tags of an item are its tags."""
    found: list[Reference] = []
    problems: list[Problem] = []
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restkey="", restval="")
    try:
        for number, row in enumerate(rows, 2):
            entry = _csv_reference(row, number)
            if entry.title or entry.arxiv_id or entry.doi:
                found.append(entry)
            else:
                problems.append(Problem(number, "no title, arXiv identifier or DOI"))
    except csv.Error as error:
        problems.append(Problem(rows.line_num, f"the table cannot be read on: {error}"))
    return References("zotero-csv", tuple(found), tuple(problems))


def _csv_reference(row: dict[str, str], number: int) -> Reference:
    linked = [row.get(name, "") for name in ("Url", "Extra", "Archive Location", "Report Number")]
    people = row.get("Author", "").split(";")[:MOST_AUTHORS]
    return Reference(
        title=one_line(row.get("Title", ""), LONGEST_TITLE),
        authors=tuple(name for one in people if (name := inverted_name(one))[0]),
        year=identify.year([row.get("Publication Year", ""), row.get("Date", "")]),
        arxiv_id=identify.arxiv_id([row.get("DOI", ""), *linked, row.get("Publication Title", "")]),
        doi=identify.doi([row.get("DOI", ""), *linked]),
        url=identify.link(linked),
        venue=one_line(row.get("Publication Title", "")),
        abstract=paragraphs(row.get("Abstract Note", "")),
        note=paragraphs(row.get("Notes", "")),
        kind=_KINDS.get(row.get("Item Type", ""), "misc"),
        tags=distinct([one_line(name, 64) for name in row.get("Manual Tags", "").split(";")]),
        line=number,
    )
