"""Title, authors, abstract and what else stands before the text of an HTML page.

Leaves out: telling names from affiliations (`people.py`).
"""

from __future__ import annotations

import re

from bookwheel.content.fulltext.build import Draft
from bookwheel.content.fulltext.html_flow import Mode, Page, inside, visit
from bookwheel.content.fulltext.html_parse import Element, child, classes, descendants, flat
from bookwheel.content.fulltext.inline import Line, Text
from bookwheel.content.fulltext.people import people
from bookwheel.core.document import Kind

_LINES = re.compile(r"\u2028+|\s&\s?|^&")
_LABEL = re.compile(r"^\s*(?:keywords?|key words|abstract|index terms)?\s*[:.\u2014-]*\s*$", re.I)


def title(page: Page, element: Element) -> None:
    """The paper's title; notes to it belong to the front matter."""
    page.flush()
    text = page.capture(element).text
    if not page.builder.title:
        page.builder.title = text
    elif text != page.builder.title:
        page.add(Draft(Kind.PARAGRAPH, Text(text)))
    page.builder.divert("front")
    page.flush_notes()
    page.builder.divert("")


def authors(page: Page, element: Element) -> None:
    """The authors: names, and everything else as front matter."""
    page.flush()
    page.builder.divert("front")
    creators = list(descendants(element, "ltx_personname"))
    for one in creators:
        names, others = people(_lines(page, one))
        page.builder.authors += names
        _told(page, others)
        page.taken.add(one)
    with page.within(Mode()):
        inside(page, element)
    page.flush_notes()
    page.builder.divert("")


def _lines(page: Page, element: Element) -> list[str]:
    """The text of an element line by line."""
    kept, page.line = page.line, Line()
    page.captured += 1
    breaks = list(element.iterdescendants("br"))
    breaks += [one for one in descendants(element, "ltx_p") if one.getparent() is not None]
    for one in breaks:
        one.tail = "\u2028\u2028" + (one.tail or "")
    text = "".join(_plain(page, element))
    page.captured -= 1
    page.line = kept
    return [" ".join(line.split()) for line in _LINES.split(text)]


def _plain(page: Page, element: Element) -> list[str]:
    """Texts in an element; footnotes go to the front matter on their own."""
    parts = [element.text or ""]
    for one in element:
        names = classes(one) if isinstance(one.tag, str) else frozenset({"comment"})
        if "ltx_note" in names:
            visit(page, one)
        elif one.tag == "math":
            page.line = Line()
            visit(page, one)
            parts.append(page.line.take().text)
        elif not names & {"ltx_ERROR", "comment", "ltx_tag"}:
            parts += _plain(page, one)
        parts.append(one.tail or "")
    return parts


def _told(page: Page, texts: list[str]) -> None:
    for text in texts:
        page.builder.add(Draft(Kind.PARAGRAPH, Text(text)))


def note_of_authors(page: Page, element: Element) -> None:
    """An affiliation, an address or thanks."""
    page.flush()
    inside(page, element)
    page.flush()


def abstract(page: Page, element: Element) -> None:
    """The abstract."""
    _apart(page, element, "abstract")


def front(page: Page, element: Element) -> None:
    """Dates, keywords, classification."""
    _apart(page, element, "front")


def _apart(page: Page, element: Element, place: str) -> None:
    page.flush()
    page.builder.divert(place)
    heading = child(element, "ltx_title")
    label = "" if heading is None else flat(heading).strip(" .:\u2014-")
    if heading is not None:
        page.taken.add(heading)
    with page.within(Mode(label="" if _LABEL.match(label) and place == "abstract" else label)):
        inside(page, element)
    page.builder.divert("")
