"""HTML to a tree, and small questions to its elements.

Leaves out: what the elements mean (`html_flow.py` and its neighbours).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from bookwheel.errors import UnreadableError

Element = Any  # lxml's elements have no types

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,30})", re.IGNORECASE)
_FLOATS = frozenset({"ltx_figure", "ltx_table", "ltx_float"})


def parse(data: bytes) -> Element:
    """The root element; raises UnreadableError if there is nothing to read."""
    try:
        root = html.document_fromstring(_decoded(data), parser=html.HTMLParser(remove_pis=True))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError("This is no HTML page that can be read.") from error
    if root is None:
        raise UnreadableError("This HTML page is empty.")
    return root


def _decoded(data: bytes) -> str:
    """UTF-8 unless the page says otherwise and is not."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        try:
            text = data.decode(declared[1].decode() if declared else "cp1252", errors="replace")
        except LookupError:
            text = data.decode("latin-1")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")


def classes(element: Element) -> frozenset[str]:
    """Its classes."""
    return frozenset((element.get("class") or "").split())


def has(element: Element, name: str) -> bool:
    """Whether it has this class."""
    return name in (element.get("class") or "").split()


def child(element: Element, name: str) -> Element | None:
    """The first child of this class."""
    return next((one for one in element if isinstance(one.tag, str) and has(one, name)), None)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Elements below it of this class, in order."""
    return (one for one in element.iterdescendants() if isinstance(one.tag, str) and has(one, name))


def is_float(element: Element) -> bool:
    """Whether it is a figure, a table with caption, or the like."""
    return element.tag == "figure" or (
        bool(classes(element) & _FLOATS) and element.tag not in ("table", "td")
    )


def caption_of(element: Element) -> Element | None:
    """The caption of a float that is not that of a float inside it."""
    for one in element.iterdescendants("figcaption", "caption"):
        owner = next((above for above in one.iterancestors() if is_float(above)), element)
        if owner is element:
            return one
    return None


def flat(element: Element) -> str:
    """All text in it on one line, as a browser would find it."""
    return " ".join("".join(element.itertext()).split())


def tex_of(element: Element) -> str:
    """TeX of a `<math>`: its alternative text, its annotation, or failing these its signs."""
    if element.get("alttext"):
        return str(element.get("alttext"))
    for one in element.iter("annotation"):
        if one.get("encoding") == "application/x-tex":
            return one.text or ""
    return flat(element)
