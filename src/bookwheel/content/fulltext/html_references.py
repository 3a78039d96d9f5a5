"""The list of references of an HTML page.

Leaves out: finding identifiers in an entry (`found_ids.py`).
"""

from __future__ import annotations

from bookwheel.content.fulltext.found_ids import arxiv_ids, dois
from bookwheel.content.fulltext.html_flow import Page
from bookwheel.content.fulltext.html_parse import Element, child, classes, flat
from bookwheel.core.document import Reference

_LONGEST_LABEL = 40


def labels(root: Element) -> dict[str, str]:
    """Printed label of each entry, by its id."""
    found = {}
    for one in root.iter("li", "div", "span", "dt"):
        if "ltx_bibitem" in classes(one) and one.get("id"):
            tag = child(one, "ltx_tag")
            found[one.get("id")] = flat(tag) if tag is not None else ""
    return found


def reference(page: Page, element: Element) -> None:
    """One entry."""
    page.flush()
    tag = child(element, "ltx_tag")
    label = flat(tag) if tag is not None else ""
    if tag is not None:
        page.taken.add(tag)
    text = page.capture(element).text
    links = [one.get("href") or "" for one in element.iterdescendants("a")]
    page.notes.clear()
    if len(label) > _LONGEST_LABEL:  # it holds the authors, who stand nowhere else then
        label, text = "", f"{label} {text}"
    if text or label:
        page.builder.reference(
            Reference("", text, label, arxiv_ids(text, links), dois(text, links)),
            keys=[element.get("id", "")],
        )
